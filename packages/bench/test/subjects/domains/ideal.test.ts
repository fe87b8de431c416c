import { expect, test } from 'vitest';
import { idealSeconds } from '../../../src/subjects/domains/ideal.ts';

test('is what the limits allow, and no less than the machine needs', () => {
	expect(idealSeconds({ pagesPerDomain: 10, minTimeMs: 100, unlimitedSeconds: 0.2 })).toBe(1);
	expect(idealSeconds({ pagesPerDomain: 10, minTimeMs: 100, unlimitedSeconds: 5 })).toBe(5);
});

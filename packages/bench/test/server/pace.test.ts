import { expect, test } from 'vitest';
import { paceOf } from '../../src/server/pace.ts';

test('tells the mean and the smallest gap', () => {
	expect(paceOf([10, 110, 190, 310])).toEqual({ requests: 4, meanGapMs: 100, smallestGapMs: 80 });
});

test('one request has no gap', () => {
	expect(paceOf([10])).toEqual({ requests: 1 });
	expect(paceOf([])).toEqual({ requests: 0 });
});

import { expect, it } from 'vitest';
import { backoffMs } from '../../page/js/backoff.js';

it('waits twice as long each time, 15 seconds at most', () => {
	expect([1, 2, 3, 4, 5, 6, 7, 50, 5_000].map((failures) => backoffMs(failures, 1))).toEqual([
		500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000,
	]);
	expect(backoffMs(1, 0)).toBe(375);
});

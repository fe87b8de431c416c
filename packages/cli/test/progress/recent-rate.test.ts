import { expect, test } from 'vitest';
import { RecentRate } from '../../src/progress/recent-rate.ts';

test('is unknown at first, and then that of the last ten seconds', () => {
	const rate = new RecentRate();
	expect(rate.add(0, 0)).toBeUndefined();
	expect(rate.add(5, 400)).toBeUndefined();
	expect(rate.add(10, 1_000)).toBe(10);
	// Nothing more comes.
	for (let atMs = 2_000; atMs <= 30_000; atMs += 1_000) rate.add(10, atMs);
	expect(rate.add(10, 31_000)).toBe(0);
});

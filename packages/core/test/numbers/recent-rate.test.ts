import { expect, it } from 'vitest';
import { RecentRate } from '../../src/numbers/recent-rate.ts';

it('is what there was in the last ten seconds', () => {
	const rate = new RecentRate(0);
	for (let second = 0; second < 30; second++) rate.add(second < 20 ? 100 : 5, second * 1_000);
	expect(rate.perSecond(29_999)).toBeCloseTo(5, 2);
	expect(rate.perSecond(45_000)).toBe(0);
});

it('counts from the start when that is less, and never divides by less than a second', () => {
	const rate = new RecentRate(10_500);
	rate.add(6, 10_600);
	expect(rate.perSecond(10_700)).toBe(6);
	expect(rate.perSecond(13_500)).toBe(2);
});

it('is not put off by a clock that was put back', () => {
	const rate = new RecentRate(60_000);
	rate.add(4, 61_000);
	rate.add(4, 30_000);
	expect(rate.perSecond(62_000)).toBe(4);
});

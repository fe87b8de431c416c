import { expect, it } from 'vitest';
import { RecentValues } from '../../src/numbers/recent-values.ts';

it('knows no quantile of nothing', () => {
	expect(new RecentValues().quantiles([0.5, 0.95])).toEqual([null, null]);
});

it('takes the nearest rank', () => {
	const values = new RecentValues();
	for (const value of [40, 10, 30, 20]) values.add(value);
	expect(values.quantiles([0, 0.5, 0.51, 0.95, 1])).toEqual([10, 20, 30, 40, 40]);
});

it('forgets all but the latest 128', () => {
	const values = new RecentValues();
	for (let value = 1; value <= 1_000; value++) values.add(value);
	expect(values.quantiles([0, 1])).toEqual([873, 1_000]);
});

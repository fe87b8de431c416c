import { expect, it } from 'vitest';
import { halved, Series } from '../../page/js/series.js';
import { sampleNumbers } from '../sample-numbers.ts';

it('keeps a bounded number of points over all of the time', () => {
	const series = new Series({ queue: ({ waiting }) => waiting });
	for (let second = 1; second <= 10_000; second++) series.add(sampleNumbers({ time: second * 1_000, waiting: second }));
	const [times, values] = series.of('queue');
	expect(times.length).toBeLessThanOrEqual(1_200);
	expect(values.length).toBe(times.length);
	expect(times[0]).toBeLessThan(20);
	expect(times.at(-1)).toBe(10_000);
	expect(values).toEqual(times);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('passes over numbers that come again', () => {
	const series = new Series({ eta: ({ etaMs }) => etaMs });
	series.add(sampleNumbers({ time: 5_000, etaMs: null }));
	series.add(sampleNumbers({ time: 5_000, etaMs: 1 }));
	expect(series.of('eta')).toEqual([[5], [null]]);
});

it('merges pairs', () => {
	expect(halved([1, 3, null, 5, null, null, 7])).toEqual([2, 5, null, 7]);
});

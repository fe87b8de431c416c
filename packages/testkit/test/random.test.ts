import { expect, test } from 'vitest';
import { Random } from '../src/random.ts';

function draws(random: Random, count: number): number[] {
	return Array.from({ length: count }, () => random.next());
}

test('the same seeds give the same numbers, other seeds others', () => {
	expect(draws(new Random(7, 1), 5)).toEqual(draws(new Random(7, 1), 5));
	expect(draws(new Random(7, 1), 5)).not.toEqual(draws(new Random(1, 7), 5));
	expect(draws(new Random(7), 5)).not.toEqual(draws(new Random(8), 5));
});

test('the sequence is fixed for good: sites written last year can be written again', () => {
	const random = new Random(1);
	expect(Array.from({ length: 6 }, () => random.int(0, 999))).toMatchInlineSnapshot(`
		[
		  829,
		  307,
		  1,
		  367,
		  218,
		  66,
		]
	`);
});

test('numbers spread evenly over [0, 1)', () => {
	const buckets = new Array<number>(10).fill(0);
	for (const x of draws(new Random(3), 20_000)) buckets[Math.floor(x * 10)] = (buckets[Math.floor(x * 10)] ?? 0) + 1;
	for (const bucket of buckets) expect(Math.abs(bucket - 2000)).toBeLessThan(200);
});

test('int includes both ends', () => {
	const random = new Random(5);
	expect(new Set(Array.from({ length: 200 }, () => random.int(2, 5)))).toEqual(new Set([2, 3, 4, 5]));
});

test('normal draws have mean 0 and variance 1', () => {
	const random = new Random(11);
	const values = Array.from({ length: 20_000 }, () => random.normal());
	const mean = values.reduce((a, b) => a + b, 0) / values.length;
	expect(mean).toBeCloseTo(0, 1);
	expect(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length).toBeCloseTo(1, 1);
});

test('shuffle keeps every item', () => {
	const list = Array.from({ length: 50 }, (_, i) => i);
	const shuffled = new Random(2).shuffle(list);
	expect(shuffled).not.toEqual(list);
	expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
});

test('pick refuses an empty list', () => {
	expect(() => new Random(1).pick([])).toThrow('at least one item');
});

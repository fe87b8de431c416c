import { describe, expect, test } from 'vitest';
import { median, pairedRatios, summarise } from '../../src/measure/statistics.ts';

describe('median', () => {
	test('is the middle of an odd count, whatever the order', () => {
		expect(median([9, 1, 5])).toBe(5);
	});

	test('is the mean of the two in the middle of an even count', () => {
		expect(median([10, 1, 2, 4])).toBe(3);
	});

	test('sorts as numbers, not as text', () => {
		expect(median([100, 9, 20])).toBe(20);
	});

	test('leaves its argument as it was', () => {
		const values = [3, 1, 2];
		median(values);
		expect(values).toEqual([3, 1, 2]);
	});

	test('refuses what has no middle', () => {
		expect(() => median([])).toThrow(new RangeError('median needs at least one value'));
		expect(() => median([1, Number.NaN])).toThrow('median needs numbers, got 1, NaN');
	});
});

test('a summary holds the median and both ends', () => {
	expect(summarise([4, 8, 6])).toEqual({ median: 6, min: 4, max: 8 });
});

describe('pairedRatios', () => {
	test('divides round by round', () => {
		expect(pairedRatios([10, 30], [5, 10])).toEqual([2, 3]);
	});

	test('leaves out rounds that only one side ran', () => {
		expect(pairedRatios([10, 30], [5])).toEqual([2]);
		expect(pairedRatios([], [5])).toEqual([]);
	});
});

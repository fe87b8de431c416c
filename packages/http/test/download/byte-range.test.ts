import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteRange, mergeRanges, missingRanges, totalBytes } from '../../src/download/byte-range.ts';

const SIZE = 50;

const ranges = fc.array(
	fc
		.tuple(fc.nat(SIZE), fc.nat(SIZE))
		.map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) })),
);

/** Which of the bytes are in one of the ranges. */
function coverage(of: readonly ByteRange[]): boolean[] {
	return Array.from({ length: SIZE }, (_, byte) => of.some(({ start, end }) => byte >= start && byte < end));
}

describe('mergeRanges', () => {
	it('joins what touches and drops what is empty', () => {
		const merged = mergeRanges([
			{ start: 20, end: 30 },
			{ start: 5, end: 5 },
			{ start: 0, end: 10 },
			{ start: 10, end: 12 },
			{ start: 11, end: 11 },
		]);
		expect(merged).toEqual([
			{ start: 0, end: 12 },
			{ start: 20, end: 30 },
		]);
	});

	it('covers the same bytes with gaps between all of its ranges', () => {
		fc.assert(
			fc.property(ranges, (given) => {
				const merged = mergeRanges(given);
				expect(coverage(merged)).toEqual(coverage(given));
				for (const [index, range] of merged.entries()) {
					expect(range.end).toBeGreaterThan(range.start);
					expect(range.start).toBeGreaterThan(merged[index - 1]?.end ?? -1);
				}
			}),
		);
	});
});

describe('missingRanges', () => {
	it('has exactly the bytes that are not held', () => {
		fc.assert(
			fc.property(ranges, (held) => {
				const missing = missingRanges(held, SIZE);
				expect(coverage(missing)).toEqual(coverage(held).map((isHeld) => !isHeld));
				expect(totalBytes(missing) + totalBytes(mergeRanges(held))).toBe(SIZE);
			}),
		);
	});

	it('of an endless file end nowhere', () => {
		const missing = missingRanges([{ start: 0, end: 7 }], Number.POSITIVE_INFINITY);
		expect(missing).toEqual([{ start: 7, end: Number.POSITIVE_INFINITY }]);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRanges } from '../../src/download/byte-range.ts';
import { planSegments, splitLongest } from '../../src/download/plan-segments.ts';

describe('planSegments', () => {
	it('cuts a file into equal pieces', () => {
		expect(planSegments([{ start: 0, end: 10 }], 3, 1)).toEqual([
			{ start: 0, end: 3 },
			{ start: 3, end: 6 },
			{ start: 6, end: 10 },
		]);
	});

	it('does not cut what is too short', () => {
		expect(planSegments([{ start: 5, end: 24 }], 8, 10)).toEqual([{ start: 5, end: 24 }]);
		expect(planSegments([{ start: 5, end: 25 }], 8, 10)).toHaveLength(2);
	});

	it('covers what is missing, each byte once, in pieces that are long enough', () => {
		const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 })), {
			minLength: 1,
		});
		fc.assert(
			fc.property(gaps, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 300 }), (given, count, minBytes) => {
				let at = 0;
				const missing = given.map(([gap, length]) => {
					const start = at + gap;
					at = start + length;
					return { start, end: at };
				});
				const plan = planSegments(missing, count, minBytes);
				expect(mergeRanges(plan)).toEqual(missing);
				expect(plan.length).toBeLessThanOrEqual(count + missing.length);
				for (const [index, piece] of plan.entries()) {
					const isUncut = missing.some(({ start, end }) => start === piece.start && end === piece.end);
					expect(isUncut || piece.end - piece.start >= minBytes).toBe(true);
					expect(piece.start).toBeGreaterThanOrEqual(plan[index - 1]?.end ?? 0);
				}
			}),
		);
	});
});

describe('splitLongest', () => {
	const short = { position: 50, end: 60 };
	const long = { position: 100, end: 141 };

	it('halves what is left of the longest', () => {
		expect(splitLongest([short, long], 10)).toEqual({ piece: long, at: 121 });
	});

	it('leaves alone what would be too short, and what has no end', () => {
		expect(splitLongest([short, long], 21)).toBeUndefined();
		expect(splitLongest([], 1)).toBeUndefined();
		expect(splitLongest([{ position: 0, end: Number.POSITIVE_INFINITY }], 1)).toBeUndefined();
	});
});

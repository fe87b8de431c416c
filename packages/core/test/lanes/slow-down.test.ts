import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResolvedLimits } from '../../src/lanes/domain-limits.ts';
import { afterAnswer, FULL_PACE, limitsAtPace, type Pace, type PaceSignal } from '../../src/lanes/slow-down.ts';

const NOW = 1_000_000;
const GOOD: PaceSignal = { status: 200 };
const LIMITS: ResolvedLimits = { maxConcurrent: 8, minTime: 0, reservoir: undefined };

/** The pace after answers that come when nothing is blocked any more. */
function after(pace: Pace, ...signals: PaceSignal[]): Pace {
	return signals.reduce((before, signal) => afterAnswer(before, signal, Math.max(NOW, before.blockedUntil)), pace);
}

describe('slower', () => {
	test.each([
		['429 without more', { status: 429 }, 1_000],
		['503 without more', { status: 503 }, 1_000],
		['Retry-After', { status: 429, retryAfterMs: 7_500 }, 7_500],
		['Retry-After of nothing', { status: 429, retryAfterMs: 0 }, 0],
		['a part of a millisecond', { status: 503, retryAfterMs: 0.1 }, 1],
		['more than a day', { status: 503, retryAfterMs: 1e300 }, 86_400_000],
		['endless', { status: 503, retryAfterMs: Number.POSITIVE_INFINITY }, 86_400_000],
	])('%s', (_, signal, pauseMs) => {
		expect(afterAnswer(FULL_PACE, signal, NOW)).toEqual({
			share: 1 / 2,
			calm: 0,
			strikes: 1,
			blockedUntil: NOW + pauseMs,
		});
	});

	test('each strike doubles the pause, up to a minute, and halves the share, down to 1/64', () => {
		let pace = FULL_PACE;
		const pauses: number[] = [];
		const shares: number[] = [];
		let now = NOW;
		for (let strike = 0; strike < 8; strike++) {
			pace = afterAnswer(pace, { status: 429 }, now);
			pauses.push(pace.blockedUntil - now);
			shares.push(1 / pace.share);
			now = pace.blockedUntil;
		}
		expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
		expect(shares).toEqual([2, 4, 8, 16, 32, 64, 64, 64]);
	});

	test('what was in flight when the first one came says nothing new', () => {
		const first = afterAnswer(FULL_PACE, { status: 429 }, NOW);
		expect(afterAnswer(first, { status: 429 }, NOW + 10)).toEqual(first);
		const longer = afterAnswer(first, { status: 503, retryAfterMs: 5_000 }, NOW + 10);
		expect(longer).toEqual({ ...first, blockedUntil: NOW + 5_010 });
		expect(afterAnswer(longer, { status: 429, retryAfterMs: 1 }, NOW + 20)).toEqual(longer);
	});
});

describe('faster', () => {
	test('ten good answers in a row give half as much again', () => {
		const slow = after(FULL_PACE, { status: 429 }, { status: 429 });
		expect(after(slow, ...Array<PaceSignal>(9).fill(GOOD)).share).toBe(1 / 4);
		expect(after(slow, ...Array<PaceSignal>(10).fill(GOOD)).share).toBe(3 / 8);
		const interrupted = after(slow, ...Array<PaceSignal>(9).fill(GOOD), { status: 503 }, GOOD);
		expect(interrupted).toMatchObject({ share: 1 / 8, calm: 1 });
	});

	test('it comes back to the full pace, and forgets the strikes', () => {
		const slowest = after(FULL_PACE, ...Array<PaceSignal>(9).fill({ status: 429 }));
		const answers = Array<PaceSignal>(110).fill(GOOD);
		expect(after(slowest, ...answers)).toMatchObject({ share: 1, strikes: 0 });
	});

	test.each([200, 204, 301, 404, 500])('%i at full pace changes nothing', (status) => {
		expect(afterAnswer(FULL_PACE, { status }, NOW)).toBe(FULL_PACE);
	});
});

describe('limitsAtPace', () => {
	test.each([
		[1, 8, 0],
		[1 / 2, 4, 0],
		[3 / 8, 3, 0],
		[1 / 8, 1, 0],
		[1 / 16, 1, 500],
		[1 / 64, 1, 2_000],
	])('%f of eight at once', (share, maxConcurrent, minTime) => {
		expect(limitsAtPace(LIMITS, share)).toEqual({ ...LIMITS, maxConcurrent, minTime });
	});

	test('the spacing grows as the share falls', () => {
		expect(limitsAtPace({ ...LIMITS, minTime: 100 }, 1 / 4)).toEqual({ ...LIMITS, maxConcurrent: 2, minTime: 400 });
	});

	test('endless limits become 64 at the most', () => {
		expect(limitsAtPace({ ...LIMITS, maxConcurrent: Number.POSITIVE_INFINITY }, 1 / 2).maxConcurrent).toBe(32);
	});

	test('is never more than the limits themselves', () => {
		const limits = fc.record({
			maxConcurrent: fc.integer({ min: 1, max: 500 }),
			minTime: fc.double({ min: 0, max: 1e6, noNaN: true }),
			reservoir: fc.constant(undefined),
		});
		const signals = fc.array(fc.constantFrom<PaceSignal>(GOOD, { status: 429 }, { status: 503, retryAfterMs: 3 }));
		fc.assert(
			fc.property(limits, signals, (full, answers) => {
				const { share, blockedUntil } = after(FULL_PACE, ...answers);
				const slowed = limitsAtPace(full, share);
				expect(share).toBeGreaterThanOrEqual(1 / 64);
				expect(share).toBeLessThanOrEqual(1);
				expect(Number.isInteger(blockedUntil)).toBe(true);
				expect(slowed.maxConcurrent).toBeGreaterThanOrEqual(1);
				expect(slowed.maxConcurrent).toBeLessThanOrEqual(full.maxConcurrent);
				expect(slowed.minTime).toBeGreaterThanOrEqual(full.minTime);
			}),
		);
	});
});

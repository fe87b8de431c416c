import { describe, expect, it } from 'vitest';
import { fullJitterMs } from '../../src/retry/backoff.ts';

describe('fullJitterMs', () => {
	const limits = { baseMs: 100, maxDelayMs: 1_000 };

	it.each([
		[0, 1, 100],
		[1, 1, 200],
		[3, 1, 800],
		[4, 1, 1_000],
		[2_000, 1, 1_000],
		[3, 0.5, 400],
		[3, 0, 0],
	])('attempt %d at %d waits %d ms', (attempt, random, delayMs) => {
		expect(fullJitterMs(attempt, limits, random)).toBe(delayMs);
	});
});

import { expect, it } from 'vitest';
import { DEFAULT_TIMEOUTS } from '../src/index.ts';
import { mergeTimeouts } from '../src/timeouts.ts';

it('has these defaults', () => {
	const limits = { connectMs: 10_000, headersMs: 30_000, readMs: 30_000, totalMs: 60_000 };
	expect(DEFAULT_TIMEOUTS).toEqual({ poolMs: Number.POSITIVE_INFINITY, ...limits });
});

it('takes the base where nothing is set', () => {
	expect(mergeTimeouts(DEFAULT_TIMEOUTS, undefined)).toBe(DEFAULT_TIMEOUTS);
	expect(mergeTimeouts(DEFAULT_TIMEOUTS, { readMs: 0.5, totalMs: Number.POSITIVE_INFINITY })).toEqual({
		...DEFAULT_TIMEOUTS,
		readMs: 0.5,
		totalMs: Number.POSITIVE_INFINITY,
	});
});

it.each([0, -1, Number.NaN, '100', null])('refuses %j', (value) => {
	expect(() => mergeTimeouts(DEFAULT_TIMEOUTS, { readMs: value as number })).toThrow(
		`timeouts.readMs is ${value}: give milliseconds above 0, or Infinity for no limit.`,
	);
});

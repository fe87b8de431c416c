import { expect, test } from 'vitest';
import { duration, progressLine } from '../../src/progress/progress-line.ts';

const NONE = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

test.each([
	[{}, 0, 0, '0 pages · 0.0/s · 0 to go · 0 s'],
	[{ handled: 12, waiting: 30, leased: 4 }, 12, 8_000, '12 pages · 1.5/s · 34 to go · 8 s'],
	[{ handled: 5_000 }, 1_000, 10_000, '5000 pages · 100/s · 0 to go · 10 s'],
	[
		{ handled: 1, delayed: 2, failed: 3, skipped: 4 },
		0,
		200_000,
		'1 page · 0.0/s · 0 to go · 2 to try again · 3 failed · 4 skipped · 3 min 20 s',
	],
])('%o, %i of them in %i ms', (counts, finished, elapsedMs, line) => {
	expect(progressLine({ counts: { ...NONE, ...counts }, finished, elapsedMs })).toBe(line);
});

test.each([
	[0, '0 s'],
	[59.4, '59 s'],
	[59.6, '1 min 0 s'],
	[3_599, '59 min 59 s'],
	[3_599.7, '1 h 0 min'],
	[7_500, '2 h 5 min'],
	[360_000, '100 h 0 min'],
])('%d seconds are %s', (seconds, text) => {
	expect(duration(seconds)).toBe(text);
});

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseRetryAfter } from '../../src/retry/retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);

describe('seconds', () => {
	test.each([
		['0', 0],
		['120', 120_000],
		[' 5 ', 5_000],
		['1.5', 1_500],
		['007', 7_000],
	])('%j', (value, ms) => {
		expect(parseRetryAfter(value, NOW)).toBe(ms);
	});
});

describe('dates, in the three formats of RFC 9110 §5.6.7', () => {
	test.each([
		['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
		['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
		['asctime', 'Sun Nov  6 08:49:37 1994'],
	])('%s', (_, value) => {
		expect(parseRetryAfter(value, NOW)).toBe(37_000);
	});

	test('wherever this machine stands', () => {
		vi.stubEnv('TZ', 'America/New_York');
		expect(new Date(0).getTimezoneOffset()).not.toBe(0);
		expect(parseRetryAfter('Sun Nov  6 08:49:37 1994', NOW)).toBe(37_000);
		vi.unstubAllEnvs();
	});

	test('one in the past means no wait', () => {
		expect(parseRetryAfter('Sun, 06 Nov 1994 08:00:00 GMT', NOW)).toBe(0);
	});

	test('the year of two digits is the one that is near, not one of another century', () => {
		const now = Date.UTC(2026, 10, 6, 8, 49, 0);
		expect(parseRetryAfter('Friday, 06-Nov-26 08:49:37 GMT', now)).toBe(37_000);
	});

	test('what toUTCString writes is understood', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
				expect(parseRetryAfter(new Date(seconds * 1_000).toUTCString(), 0)).toBe(seconds * 1_000);
			}),
		);
	});
});

describe('anything else says nothing', () => {
	test.each([
		undefined,
		'',
		' ',
		'-5',
		'1e3',
		'0x10',
		'soon',
		'5 seconds',
		'2030-01-01',
		'Sun, 99 Nov 1994',
		'Infinity',
	])('%j', (value) => {
		expect(parseRetryAfter(value, NOW)).toBeUndefined();
	});

	test('of several headers the first counts', () => {
		expect(parseRetryAfter(['5', '9'], NOW)).toBe(5_000);
		expect(parseRetryAfter([], NOW)).toBeUndefined();
	});

	test('no text makes it fail, and no answer is negative', () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				const ms = parseRetryAfter(value, NOW);
				expect(ms === undefined || ms >= 0).toBe(true);
			}),
		);
	});
});

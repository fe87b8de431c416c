import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY, retrySettings } from '../../src/retry/retry-options.ts';

describe('retrySettings', () => {
	it('keeps the base when nothing is said', () => {
		expect(retrySettings(DEFAULT_RETRY, undefined)).toBe(DEFAULT_RETRY);
		expect(retrySettings(undefined, undefined)).toBeUndefined();
		expect(retrySettings(DEFAULT_RETRY, true)).toBe(DEFAULT_RETRY);
		expect(retrySettings(undefined, true)).toBe(DEFAULT_RETRY);
	});

	it('is off with false and 0', () => {
		expect(retrySettings(DEFAULT_RETRY, false)).toBeUndefined();
		expect(retrySettings(DEFAULT_RETRY, 0)).toBeUndefined();
	});

	it('takes a number as the limit', () => {
		expect(retrySettings(DEFAULT_RETRY, 7)).toEqual({ ...DEFAULT_RETRY, limit: 7 });
	});

	it('takes undefined for what the base has', () => {
		// @ts-expect-error: what a caller without exact optional types may pass
		expect(retrySettings(DEFAULT_RETRY, { limit: undefined, methods: undefined })).toEqual(DEFAULT_RETRY);
	});

	it('replaces what is given, with methods in any case', () => {
		const settings = retrySettings(DEFAULT_RETRY, { methods: ['post'], statuses: [418], baseMs: 1 });
		expect(settings).toEqual({ ...DEFAULT_RETRY, methods: new Set(['POST']), statuses: new Set([418]), baseMs: 1 });
	});

	it.each([
		[{ limit: -1 }, 'retry.limit is -1'],
		[{ limits: 1 }, 'did you mean "limit"'],
		[{ maxDelayMs: Number.NaN }, 'retry.maxDelayMs is NaN'],
		[{ statuses: [99] }, 'retry.statuses is 99'],
		[{ methods: 'POST' }, 'retry.methods is of type string: give a list'],
		[{ statuses: 500 }, 'retry.statuses is of type number: give a list'],
		['often', 'retry is often'],
	])('refuses %j', (options, message) => {
		// @ts-expect-error: what a JavaScript caller may pass
		expect(() => retrySettings(DEFAULT_RETRY, options)).toThrow(message);
	});
});

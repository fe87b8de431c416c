import { expect, test } from 'vitest';
import { resolveOptions } from '../../src/crawler/crawler-options.ts';
import { DEFAULT_RETRY, DEFAULT_USER_AGENT } from '../../src/index.ts';

test('fills in the defaults', () => {
	expect(resolveOptions({})).toMatchObject({
		storage: 'storage/default.sqlite',
		domainLimits: {},
		retry: DEFAULT_RETRY,
		userAgent: DEFAULT_USER_AGENT,
		maxBodyBytes: 10_485_760,
		maxRedirects: 10,
		navigationTimeoutMs: 60_000,
		persistCookiesPerSession: true,
		maxSessionRotations: 10,
	});
});

test('the name of the crawl names its file, unless a file is named', () => {
	expect(resolveOptions({ name: 'shop' }).storage).toBe('storage/shop.sqlite');
	expect(resolveOptions({ name: 'shop', storage: '/tmp/x.sqlite' }).storage).toBe('/tmp/x.sqlite');
});

test('sameDomainDelaySecs is minTime in seconds; the more exact name wins', () => {
	expect(resolveOptions({ sameDomainDelaySecs: 1.5 }).domainLimits).toEqual({ minTime: 1_500 });
	expect(
		resolveOptions({ sameDomainDelaySecs: 1.5, domainLimits: { minTime: 20, maxConcurrent: 2 } }).domainLimits,
	).toEqual({ minTime: 20, maxConcurrent: 2 });
});

test('a retry option given alone keeps the other defaults', () => {
	expect(resolveOptions({ retry: { baseDelaySecs: 0 } }).retry).toEqual({ ...DEFAULT_RETRY, baseDelaySecs: 0 });
});

test('accepts the media types of pages, and what is added to them in any case', () => {
	const { acceptsType } = resolveOptions({ additionalMimeTypes: ['Text/Plain'] });

	expect(['text/html', 'application/xhtml+xml', 'application/json', 'text/plain'].map(acceptsType)).toEqual([
		true,
		true,
		true,
		true,
	]);
	expect(acceptsType('image/png')).toBe(false);
	expect(resolveOptions({ additionalMimeTypes: ['*/*'] }).acceptsType('image/png')).toBe(true);
});

test('4xx and 5xx are errors, but for those that are ignored, and with those that are added', () => {
	const { isErrorStatus } = resolveOptions({
		ignoreHttpErrorStatusCodes: [404],
		additionalHttpErrorStatusCodes: [204],
	});

	expect([200, 204, 304, 400, 404, 500].map(isErrorStatus)).toEqual([false, true, false, true, false, true]);
});

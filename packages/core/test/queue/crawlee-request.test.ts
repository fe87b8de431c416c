import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Request, type RequestOptions } from '../../src/crawlee.ts';
import { toCrawleeRequest } from '../../src/queue/crawlee-request.ts';
import { toNewRequest } from '../../src/queue/new-request.ts';
import { UrlKeys } from '../../src/queue/url-keys.ts';
import type { LeasedRequest } from '../../src/store/crawl-store.ts';

const keys = new UrlKeys();
const leased: LeasedRequest = {
	id: 12,
	uniqueKey: 'key',
	url: 'http://a.example/p',
	domain: 'a.example',
	method: 'GET',
	priority: 0,
	crawlDepth: 3,
	retryCount: 2,
};

test('carries what the store keeps', () => {
	const data = { userData: { a: 1 }, headers: { x: 'y' }, errorMessages: ['e'], noRetry: true, skipNavigation: true };
	const request = toCrawleeRequest({ ...leased, label: 'L', data });
	expect(request).toBeInstanceOf(Request);
	expect(request).toMatchObject({
		id: '12',
		uniqueKey: 'key',
		url: leased.url,
		retryCount: 2,
		crawlDepth: 3,
		label: 'L',
	});
	expect(request).toMatchObject({ headers: { x: 'y' }, errorMessages: ['e'], noRetry: true, skipNavigation: true });
	expect({ ...request.userData }).toMatchObject({ a: 1, label: 'L' });
});

test('what a handler changes is not what the store gave', () => {
	const userData = { a: 1 };
	toCrawleeRequest({ ...leased, data: { userData } }).userData.a = 2;
	expect(userData).toEqual({ a: 1 });
});

test('after a redirect it goes by the address that was asked for', () => {
	const data = { redirectedFrom: ['http://a.example/asked', 'http://a.example/then'], sessionId: 's' };
	expect(toCrawleeRequest({ ...leased, data }).url).toBe('http://a.example/asked');
});

test('whatever can be added comes back the same', () => {
	const text = fc.string({ maxLength: 8 });
	const options = fc.record(
		{
			method: fc.constantFrom('GET' as const, 'POST' as const),
			label: text,
			userData: fc.dictionary(
				text.filter((name) => name !== '__crawlee' && name !== 'label' && name !== '__proto__'),
				fc.jsonValue({ maxDepth: 1 }),
			),
			headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,5}$/), text),
			maxRetries: fc.nat(9),
			noRetry: fc.boolean(),
			skipNavigation: fc.boolean(),
			crawlDepth: fc.nat(9),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(fc.webUrl(), options, (url, given) => {
			const expected = new Request({ url, ...given } as RequestOptions);
			const stored = toNewRequest(new Request({ url, ...given } as RequestOptions), keys);
			const data = stored.data === undefined ? undefined : JSON.parse(JSON.stringify(stored.data));
			const request = toCrawleeRequest({ ...stored, data, id: 1, retryCount: 0 });
			for (const name of [
				'url',
				'method',
				'label',
				'headers',
				'maxRetries',
				'noRetry',
				'skipNavigation',
				'crawlDepth',
			] as const) {
				expect(request[name], name).toEqual(expected[name]);
			}
			expect(JSON.parse(JSON.stringify({ ...request.userData, __crawlee: 0 }))).toEqual(
				JSON.parse(JSON.stringify({ ...expected.userData, __crawlee: 0 })),
			);
		}),
		{ numRuns: 40 },
	);
});

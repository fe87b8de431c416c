import { describe, expect, test } from 'vitest';
import { Request, type RequestOptions } from '../../src/crawlee.ts';
import { crawleeRequestId, fromStoredRequest, toStoredRequest } from '../../src/storage/crawlee-request-json.ts';

function again(request: Request): Request {
	return new Request(fromStoredRequest(toStoredRequest(request as never).json) as RequestOptions);
}

test('the id is the one of Crawlee’s other storages', () => {
	// printf %s "$key" | openssl dgst -sha256 -binary | base64 | tr -d '+/=' | cut -c1-15
	expect(crawleeRequestId('http://a.example/')).toBe('IX6vA56oXEVQ1r9');
	expect(crawleeRequestId('GET(\u{1f577}):')).toBe('2rR4kY25HNjg8Kc');
});

describe('a request', () => {
	test('comes back as it was, with what Crawlee hides in it', () => {
		const request = new Request({
			url: 'http://a.example/p?q=1',
			method: 'POST',
			payload: '{"a":1}',
			headers: { 'x-y': 'z' },
			label: 'DETAIL',
			userData: { deep: [1, { b: null }] },
			maxRetries: 0,
			crawlDepth: 3,
			skipNavigation: true,
			noRetry: true,
		});
		request.pushErrorMessage(new Error('first'));
		request.retryCount = 2;
		const back = again(request);
		expect(back.id).toBe(crawleeRequestId(request.uniqueKey));
		expect({ ...back, id: undefined }).toEqual({ ...request, id: undefined });
		expect([back.label, back.crawlDepth, back.maxRetries, back.skipNavigation]).toEqual(['DETAIL', 3, 0, true]);
		expect(back.userData).toMatchObject({ deep: [1, { b: null }] });
	});

	test('keeps a payload of bytes', () => {
		const payload = new Uint8Array([0, 255, 10]);
		const options = { url: 'http://a.example/', uniqueKey: 'k', method: 'POST', payload: payload as never } as const;
		expect(again(new Request(options)).payload).toEqual(Buffer.from(payload));
	});

	test('has no field that is null: Crawlee would refuse it', () => {
		const stored = toStoredRequest({
			url: 'http://a.example/',
			uniqueKey: 'k',
			loadedUrl: null,
			payload: null,
		} as never);
		expect(fromStoredRequest(stored.json)).toEqual({
			id: crawleeRequestId('k'),
			url: 'http://a.example/',
			uniqueKey: 'k',
		});
	});

	test('is handled when it says when', () => {
		const request = { url: 'http://a.example/', uniqueKey: 'k' };
		expect(toStoredRequest(request).isHandled).toBe(false);
		expect(toStoredRequest({ ...request, handledAt: new Date().toISOString() }).isHandled).toBe(true);
	});
});

test.each([
	[{ uniqueKey: 'k' }, 'url of a request must be a text'],
	[{ url: 'http://a.example/' }, 'uniqueKey of a request must be a text'],
	[{ url: 'http://a.example/', uniqueKey: 'k', id: 'other' }, 'the request "k" has the id'],
])('%j is refused', (request, message) => {
	expect(() => toStoredRequest(request as never)).toThrow(message);
});

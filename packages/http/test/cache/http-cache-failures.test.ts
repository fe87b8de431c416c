import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AbortedError, ConnectError, type HttpError, TimeoutError, TlsError } from '../../src/errors.ts';
import type { ResponseBody } from '../../src/response/response-body.ts';
import type { Send } from '../../src/transport/transport.ts';
import { rejection, until } from '../support/until.ts';
import { cachedClient, type ReadResponse } from './support/cached-client.ts';
import { httpSend } from './support/http-send.ts';
import { startOrigin } from './support/origin.ts';

/** The first response that is not stale. */
async function updated(get: () => Promise<ReadResponse>): Promise<ReadResponse> {
	for (;;) {
		const response = await get();
		if (response.cacheStatus !== 'stale') return response;
		// Answers out of memory alone would never let a socket have its turn.
		await setImmediate();
	}
}

const REQUEST = { method: 'GET', url: 'http://a.test/' };

describe('stale-if-error', () => {
	const headers = { 'cache-control': 'max-age=10, stale-if-error=50' };

	it.each([500, 502, 503, 504])('a stale response stands in for a %i, for as long as it says', async (status) => {
		const origin = await startOrigin((request) => (request.headers.cookie ? { status } : { headers, body: 'page' }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(59);
		const second = await client.get(`${origin.url}/`, { cookie: 'fail' });
		expect(second).toMatchObject({ status: 200, text: 'page', cacheStatus: 'stale', headers: { age: '59' } });
		client.wait(1);
		expect(await client.get(`${origin.url}/`, { cookie: 'fail' })).toMatchObject({ status });
		expect(origin.requests.length).toBe(3);
	});

	it('for a server that cannot be reached', async () => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(20);
		origin.breakDown();
		expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'page', cacheStatus: 'stale' });
		client.wait(60);
		expect(await rejection(client.get(`${origin.url}/`))).toMatchObject({ code: 'ORB_HTTP_CONNECT' });
		expect(origin.requests.length).toBe(3);
	});

	it.each<[string, HttpError, boolean]>([
		['a refused connection', new ConnectError(REQUEST, 'refused', 'refused.', undefined), true],
		['headers that do not come', new TimeoutError(REQUEST, 'headers', 1), true],
		['a slot that was not given', new TimeoutError(REQUEST, 'pool', 1), false],
		['a certificate that is not trusted', new TlsError(REQUEST, 'expired.', undefined), false],
		['the wish of the caller', new AbortedError(REQUEST, 'its signal fired.'), false],
	])('%s', async (_, error, standsIn) => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		let failing = false;
		const client = cachedClient({}, (request) => (failing ? Promise.reject(error) : httpSend(request)));
		await client.get(`${origin.url}/`);
		client.wait(20);
		failing = true;
		if (standsIn) expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'page', cacheStatus: 'stale' });
		else expect(await rejection(client.get(`${origin.url}/`))).toBe(error);
	});

	it.each([
		['nothing that allows it', 'max-age=10', {}, false],
		['the request allows it', 'max-age=10', { 'cache-control': 'stale-if-error=60' }, true],
		['must-revalidate forbids it', 'max-age=10, stale-if-error=60, must-revalidate', {}, false],
		['no-cache forbids it', 'no-cache, stale-if-error=60', {}, false],
		['the request forbids it', 'max-age=10, stale-if-error=60', { 'cache-control': 'no-cache' }, false],
	])('%s', async (_, cacheControl, sent: Record<string, string>, standsIn) => {
		let failing = false;
		const answer = { headers: { etag: '"1"', 'cache-control': cacheControl }, body: 'page' };
		const origin = await startOrigin(() => (failing ? { status: 503 } : answer));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(20);
		failing = true;
		expect(await client.get(`${origin.url}/`, sent)).toMatchObject({ status: standsIn ? 200 : 503 });
		expect(origin.requests.length).toBe(2);
	});
});

it.each([503, 304])('the body of a %i that is not handed out is given up', async (status) => {
	const discarded: number[] = [];
	const watching: Send = async (request) => {
		const response = await httpSend(request);
		const { body } = response;
		const discard = (): void => {
			discarded.push(response.status);
			body.discard();
		};
		const watched: ResponseBody = {
			wireBytes: 0,
			collect: (limit) => body.collect(limit),
			[Symbol.asyncIterator]: () => body[Symbol.asyncIterator](),
			discard,
		};
		return { ...response, body: watched };
	};
	const headers = { 'cache-control': 'max-age=10, stale-if-error=50', etag: '"1"' };
	const origin = await startOrigin((request) =>
		request.headers['if-none-match'] === undefined ? { headers, body: 'page' } : { status },
	);
	const client = cachedClient({}, watching);
	await client.get(`${origin.url}/`);
	client.wait(20);
	expect((await client.get(`${origin.url}/`)).text).toBe('page');
	expect(discarded).toEqual([status]);
});

describe('stale-while-revalidate', () => {
	const cacheControl = 'max-age=10, stale-while-revalidate=50';

	it('hands the stale response out and brings it up to date', async () => {
		let count = 0;
		const origin = await startOrigin(() => {
			count += 1;
			return { headers: { 'cache-control': cacheControl }, body: `page ${count}` };
		});
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(59);
		expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'page 1', cacheStatus: 'stale' });
		await until(() => origin.requests.length === 2);
		expect(await updated(() => client.get(`${origin.url}/`))).toMatchObject({ text: 'page 2', cacheStatus: 'hit' });
		expect(origin.requests.length).toBe(2);
		client.wait(60);
		expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'page 3' });
	});

	it('asks with the validator, once at a time, for itself and not for the caller', async () => {
		const release = Promise.withResolvers<void>();
		let sent = 0;
		let finished = 0;
		let waited = 0;
		let totalAt = 0;
		const holding: Send = async (request) => {
			// Waits for a slot.
			if (request.headers.includes('if-none-match')) await release.promise;
			request.onWaited?.(5);
			totalAt = request.totalAt;
			return await httpSend(request);
		};
		const origin = await startOrigin((request) =>
			request.headers['if-none-match'] === '"1"'
				? { status: 304, headers: { 'cache-control': cacheControl } }
				: { headers: { etag: '"1"', 'cache-control': cacheControl }, body: 'page' },
		);
		const client = cachedClient({}, holding);
		await client.get(`${origin.url}/`);
		client.wait(20);
		const aborter = new AbortController();
		const startedAt = performance.now();
		for (let i = 0; i < 3; i++) {
			const response = await client.get(
				`${origin.url}/`,
				{},
				{
					signal: aborter.signal,
					totalAt: 1,
					onSent: () => (sent += 1),
					onFinished: () => (finished += 1),
					onWaited: () => (waited += 1),
				},
			);
			expect(response.cacheStatus).toBe('stale');
		}
		aborter.abort();
		release.resolve();
		await until(() => origin.requests.length === 2);
		expect(await updated(() => client.get(`${origin.url}/`))).toMatchObject({ text: 'page', cacheStatus: 'hit' });
		expect([origin.requests.length, sent, finished, waited]).toEqual([2, 0, 3, 0]);
		expect(totalAt).toBeGreaterThan(startedAt);
	});

	it('that fails leaves the stale response, and is tried again', async () => {
		const origin = await startOrigin(() => ({ headers: { 'cache-control': cacheControl }, body: 'page' }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(20);
		origin.breakDown();
		while (origin.requests.length < 3) {
			expect((await client.get(`${origin.url}/`)).text).toBe('page');
			await setImmediate();
		}
	});

	it.each([
		['max-age=10, stale-while-revalidate=50, must-revalidate', ''],
		[cacheControl, 'max-age=30'],
		[cacheControl, 'min-fresh=0'],
		[cacheControl, 'no-cache'],
	])('is not allowed with response "%s" and request "%s"', async (answered, asked) => {
		let count = 0;
		const origin = await startOrigin(() => {
			count += 1;
			return { headers: { 'cache-control': answered }, body: `page ${count}` };
		});
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(20);
		const second = await client.get(`${origin.url}/`, asked === '' ? {} : { 'cache-control': asked });
		expect(second).toMatchObject({ text: 'page 2' });
	});
});

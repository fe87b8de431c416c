import { describe, expect, it } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { type Origin, startOrigin } from './support/origin.ts';

/** A page that is fresh for 60 seconds, and another one each time it is asked for. */
async function countingOrigin(cacheControl = 'max-age=60'): Promise<Origin> {
	let count = 0;
	return await startOrigin(() => {
		count += 1;
		return { headers: { 'cache-control': cacheControl }, body: `page ${count}` };
	});
}

describe('the Cache-Control of a request, with a response that is 30 s old and fresh for 30 more', () => {
	it.each([
		['', 'page 1'],
		['no-cache', 'page 2'],
		['No-Cache', 'page 2'],
		['max-age=29', 'page 2'],
		['max-age=30', 'page 1'],
		['max-age=0', 'page 2'],
		['max-age=soon', 'page 2'],
		['min-fresh=30', 'page 1'],
		['min-fresh=31', 'page 2'],
		['max-stale', 'page 1'],
		['no-store', 'page 2'],
		['only-if-cached', 'page 1'],
	])('%s', async (directive, expected) => {
		const origin = await countingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(30);
		const { text } = await client.get(`${origin.url}/`, directive === '' ? {} : { 'cache-control': directive });
		expect([text, origin.requests.length]).toEqual([expected, expected === 'page 1' ? 1 : 2]);
	});

	it('Pragma: no-cache counts where there is no Cache-Control', async () => {
		const origin = await countingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		expect((await client.get(`${origin.url}/`, { pragma: 'no-cache' })).text).toBe('page 2');
		const both = { pragma: 'no-cache', 'cache-control': 'max-age=60' };
		expect((await client.get(`${origin.url}/`, both)).text).toBe('page 2');
		expect(origin.requests.length).toBe(2);
	});
});

describe('the Cache-Control of a request, with a response that is 10 s stale', () => {
	it.each([
		['max-age=60', '', 'page 2'],
		['max-age=60', 'max-stale', 'page 1'],
		['max-age=60', 'max-stale=10', 'page 1'],
		['max-age=60', 'max-stale=9', 'page 2'],
		['max-age=60', 'max-stale=soon', 'page 2'],
		['max-age=60', 'max-stale, max-age=69', 'page 2'],
		['max-age=60', 'max-stale, max-age=70', 'page 1'],
		['max-age=60', 'max-stale, no-cache', 'page 2'],
		['max-age=60, must-revalidate', 'max-stale', 'page 2'],
		['max-age=60, no-cache', 'max-stale', 'page 2'],
		['max-age=60, proxy-revalidate', 'max-stale', 'page 1'],
	])('response "%s", request "%s"', async (answered, asked, expected) => {
		const origin = await countingOrigin(answered);
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(70);
		const response = await client.get(`${origin.url}/`, asked === '' ? {} : { 'cache-control': asked });
		expect(response.text).toBe(expected);
		expect(response.cacheStatus).toBe(expected === 'page 1' ? 'stale' : undefined);
		expect(origin.requests.length).toBe(expected === 'page 1' ? 1 : 2);
	});

	it('a shared cache obeys proxy-revalidate and s-maxage', async () => {
		for (const answered of ['max-age=60, proxy-revalidate', 's-maxage=60']) {
			const origin = await countingOrigin(answered);
			const client = cachedClient({ shared: true });
			await client.get(`${origin.url}/`);
			client.wait(70);
			expect((await client.get(`${origin.url}/`, { 'cache-control': 'max-stale' })).text).toBe('page 2');
		}
	});
});

describe('only-if-cached', () => {
	const onlyIfCached = { 'cache-control': 'only-if-cached' };

	it('is answered 504 by the client itself when nothing is stored', async () => {
		const origin = await countingOrigin();
		let finished = 0;
		const client = cachedClient();
		const response = await client.get(`${origin.url}/`, onlyIfCached, { onFinished: () => (finished += 1) });
		expect([response.status, response.text, response.cacheStatus]).toEqual([504, '', undefined]);
		expect([origin.requests.length, finished]).toEqual([0, 1]);
	});

	it('or what is stored is stale, or has to be validated', async () => {
		const origin = await countingOrigin('max-age=60, stale-while-revalidate=60');
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		expect((await client.get(`${origin.url}/`, { 'cache-control': 'only-if-cached, no-cache' })).status).toBe(504);
		client.wait(61);
		expect((await client.get(`${origin.url}/`, onlyIfCached)).status).toBe(504);
		const maxStale = { 'cache-control': 'only-if-cached, max-stale' };
		expect(await client.get(`${origin.url}/`, maxStale)).toMatchObject({ status: 200, cacheStatus: 'stale' });
		expect(origin.requests.length).toBe(1);
	});
});

describe('requests that pass by: neither answered from the cache nor stored', () => {
	it.each([
		['If-None-Match', { 'if-none-match': '"x"' }, {}],
		['If-Modified-Since', { 'if-modified-since': 'Fri, 01 May 2026 12:00:00 GMT' }, {}],
		['If-Match', { 'if-match': '"x"' }, {}],
		['If-Unmodified-Since', { 'if-unmodified-since': 'Fri, 01 May 2026 12:00:00 GMT' }, {}],
		['Range', { range: 'bytes=0-3' }, {}],
		['no-store', { 'cache-control': 'no-store' }, {}],
		['encoded bodies', {}, { decode: false }],
		['OPTIONS', {}, { method: 'OPTIONS' }],
		[
			'GET with a body',
			{},
			{ body: { contentType: undefined, length: 1, repeatable: true, bytes: 'x', open: () => 'x' } },
		],
	])('%s', async (_, headers: Record<string, string>, overrides) => {
		const origin = await countingOrigin();
		const client = cachedClient();
		const pages: string[] = [];
		pages.push((await client.get(`${origin.url}/`, headers, overrides)).text);
		pages.push((await client.get(`${origin.url}/`)).text);
		pages.push((await client.get(`${origin.url}/`, headers, overrides)).text);
		pages.push((await client.get(`${origin.url}/`)).text);
		expect(pages).toEqual(['page 1', 'page 2', 'page 3', 'page 2']);
	});

	it('the 304 of the own condition is handed out', async () => {
		const origin = await startOrigin(() => ({ status: 304, headers: { 'cache-control': 'max-age=60' } }));
		const client = cachedClient();
		for (const count of [1, 2]) {
			const response = await client.get(`${origin.url}/`, { 'if-none-match': '"x"' });
			expect([response.status, origin.requests.length]).toEqual([304, count]);
		}
	});
});

it('a hit sends nothing, waits for nothing and is over at once', async () => {
	const origin = await countingOrigin();
	const client = cachedClient();
	await client.get(`${origin.url}/`);
	const calls: string[] = [];
	const before = performance.now();
	const response = await client.send(
		`${origin.url}/`,
		{},
		{
			onSent: () => calls.push('sent'),
			onFinished: () => calls.push('finished'),
		},
	);
	expect(calls).toEqual(['finished']);
	expect(response.sentAt).toBe(response.headersAt);
	expect(response.sentAt).toBeGreaterThanOrEqual(before);
	expect(response.body.wireBytes).toBe(0);
});

it('a value that is the name of a condition is none', async () => {
	const origin = await countingOrigin();
	const client = cachedClient();
	for (let i = 0; i < 2; i++) await client.get(`${origin.url}/`, { accept: 'range' });
	expect(origin.requests.length).toBe(1);
});

it('the fragment of a URL does not count, its query does', async () => {
	const origin = await countingOrigin();
	const client = cachedClient();
	const pages: string[] = [];
	for (const path of ['/a#1', '/a#2', '/a?', '/a?b']) pages.push((await client.get(origin.url + path)).text);
	expect(pages).toEqual(['page 1', 'page 1', 'page 1', 'page 2']);
});

it('a request whose signal has fired is left to the transport', async () => {
	const origin = await countingOrigin();
	const client = cachedClient();
	await client.get(`${origin.url}/`);
	await expect(client.get(`${origin.url}/`, {}, { signal: AbortSignal.abort() })).rejects.toThrow();
	expect(origin.requests.length).toBe(1);
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HttpClient, MemoryCacheStore } from '../../src/index.ts';
import { until } from '../support/until.ts';
import { startOrigin } from './support/origin.ts';

const FRESH = { 'cache-control': 'max-age=3600' };

it('a client with cache: true asks once, whichever way it reads', async () => {
	const origin = await startOrigin(() => ({
		headers: { ...FRESH, 'content-encoding': 'gzip', 'content-type': 'application/json' },
		body: gzipSync('{"a":1}'),
	}));
	await using client = new HttpClient({ cache: true });
	const first = await client.get(origin.url);
	expect([await first.json(), first.cacheStatus]).toEqual([{ a: 1 }, undefined]);
	const second = await client.get(origin.url);
	expect([await second.json(), second.cacheStatus, second.header('content-length')]).toEqual([{ a: 1 }, 'hit', '7']);
	let text = '';
	for await (const piece of (await client.get(origin.url)).body) text += piece.toString();
	expect(text).toBe('{"a":1}');
	expect((await client.read(origin.url)).body.toString()).toBe('{"a":1}');
	expect((await client.head(origin.url)).cacheStatus).toBe('hit');
	expect(origin.requests.length).toBe(1);
});

it('a client without it asks each time', async () => {
	const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
	await using client = new HttpClient();
	for (let i = 0; i < 2; i++) await (await client.get(origin.url)).text();
	expect(origin.requests.length).toBe(2);
});

it('a private response is shown to none but its user, whoever shares the store', async () => {
	const origin = await startOrigin(({ headers }) => ({
		headers: { 'cache-control': 'private, max-age=3600' },
		body: `${headers.cookie} ${headers['x-api-key']}`,
	}));
	const store = new MemoryCacheStore();
	for (const headers of [{ Cookie: 'user=ada' }, { Cookie: 'user=bob' }, { 'X-Api-Key': 'ada' }, {}]) {
		for (const cacheStatus of [undefined, 'hit']) {
			await using client = new HttpClient({ cache: { store }, headers });
			const page = await client.get(origin.url);
			const own = `${headers.Cookie} ${headers['X-Api-Key']}`;
			expect([await page.text(), page.cacheStatus]).toEqual([own, cacheStatus]);
		}
	}
	expect(origin.requests.length).toBe(4);
});

it('whole chains of redirects are followed without a request', async () => {
	const origin = await startOrigin(({ url }) =>
		url === '/end'
			? { headers: FRESH, body: 'end' }
			: { status: 301, headers: { ...FRESH, location: url === '/' ? '/middle' : '/end' }, body: 'moved' },
	);
	await using client = new HttpClient({ cache: true });
	const first = await client.get(origin.url);
	expect(await first.text()).toBe('end');
	await until(() => client.stats.running === 0);
	const second = await client.get(origin.url);
	expect([await second.text(), second.cacheStatus, second.redirectUrls.length]).toEqual(['end', 'hit', 2]);
	expect(origin.lines).toEqual(['GET /', 'GET /middle', 'GET /end']);
});

it('cookies that were set once are not set again by a hit', async () => {
	let visits = 0;
	const origin = await startOrigin(({ url }) => {
		visits += 1;
		return { headers: { ...(url === '/page' && FRESH), 'set-cookie': `visit=${visits}` }, body: 'page' };
	});
	await using client = new HttpClient({ cache: true, cookies: true });
	await (await client.get(`${origin.url}/page`)).text();
	await (await client.get(`${origin.url}/login`)).text();
	expect((await client.get(`${origin.url}/page`)).cacheStatus).toBe('hit');
	await (await client.get(`${origin.url}/last`)).text();
	expect(origin.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'visit=1', 'visit=2']);
});

it('an answer of the cache takes no slot', async () => {
	const origin = await startOrigin(({ url }) => (url === '/slow' ? undefined : { headers: FRESH, body: 'page' }));
	await using client = new HttpClient({ cache: true, limits: { total: 1 } });
	await (await client.get(`${origin.url}/page`)).text();
	const aborter = new AbortController();
	const slow = client.get(`${origin.url}/slow`, { signal: aborter.signal }).catch((error: unknown) => error);
	await until(() => client.stats.running === 1);
	const hit = await client.get(`${origin.url}/page`);
	expect([await hit.text(), hit.cacheStatus]).toEqual(['page', 'hit']);
	aborter.abort();
	expect(await slow).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
});

describe('together with retries', () => {
	it('a stale response stands in at once', async () => {
		const origin = await startOrigin(() => ({
			headers: { 'cache-control': 'max-age=0, stale-if-error=3600' },
			body: 'page',
		}));
		await using client = new HttpClient({ cache: true });
		await (await client.get(origin.url)).text();
		origin.breakDown();
		const second = await client.get(origin.url, { retry: 5 });
		expect([await second.text(), second.cacheStatus]).toEqual(['page', 'stale']);
		// A connection that was kept open may end the first attempt unseen: that one is sent again below the cache.
		expect(origin.requests.length).toBeLessThanOrEqual(3);
	});

	it('the 504 of only-if-cached sends nothing', async () => {
		const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
		await using client = new HttpClient({ cache: true });
		const response = await client.get(origin.url, { headers: { 'Cache-Control': 'only-if-cached' } });
		expect([response.status, origin.requests.length]).toEqual([504, 0]);
	});
});

it('clients that are given one store share it', async () => {
	const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
	const store = new MemoryCacheStore();
	await using first = new HttpClient({ cache: { store } });
	await using second = new HttpClient({ cache: { store } });
	await (await first.get(origin.url)).text();
	expect((await second.get(origin.url)).cacheStatus).toBe('hit');
	await first.put(origin.url, { body: 'new' });
	await (await second.get(origin.url)).text();
	expect(origin.lines).toEqual(['GET /', 'PUT /', 'GET /']);
});

import { describe, expect, it } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { startOrigin } from './support/origin.ts';

const EXPLICIT: [string, Record<string, string>, number][] = [
	['max-age', { 'cache-control': 'max-age=60' }, 60],
	['in any case, quoted, between others', { 'cache-control': 'Public , MAX-AGE="60", foo=bar' }, 60],
	['Expires', { expires: 'Fri, 01 May 2026 12:01:00 GMT' }, 60],
	[
		'Expires, counted from Date',
		{ date: 'Fri, 01 May 2026 13:00:00 GMT', expires: 'Fri, 01 May 2026 13:01:00 GMT' },
		60,
	],
	['max-age before Expires', { 'cache-control': 'max-age=60', expires: '0' }, 60],
	['less what it aged on its way', { 'cache-control': 'max-age=100', age: '40' }, 60],
	['must-revalidate, while it is fresh', { 'cache-control': 'max-age=60, must-revalidate' }, 60],
	['private, in a private cache', { 'cache-control': 'private, max-age=60' }, 60],
	['s-maxage says nothing to a private cache', { 'cache-control': 'max-age=60, s-maxage=1' }, 60],
	['the first of two contradictory ones', { 'cache-control': 'max-age=60, max-age=600' }, 60],
];

describe('a response is used again without a request while it is fresh', () => {
	it.each(EXPLICIT)('%s', async (_, headers, seconds) => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		const client = cachedClient();
		const first = await client.get(`${origin.url}/`);
		expect([first.text, first.cacheStatus, origin.requests.length]).toEqual(['page', undefined, 1]);
		client.wait(seconds - 1);
		const second = await client.get(`${origin.url}/`);
		expect([second.text, second.status, second.cacheStatus, origin.requests.length]).toEqual(['page', 200, 'hit', 1]);
		client.wait(1);
		await client.get(`${origin.url}/`);
		expect(origin.requests.length).toBe(2);
	});
});

describe('a response is not used again without a request', () => {
	it.each([
		['that names no lifetime', {}],
		['of which only the last change is known', { 'last-modified': 'Wed, 01 May 2024 12:00:00 GMT' }],
		['no-cache', { 'cache-control': 'no-cache, max-age=60', etag: '"1"' }],
		['no-store', { 'cache-control': 'no-store, max-age=60' }],
		['No-Store in any case', { 'cache-control': 'Max-Age=60, No-Store' }],
		['Pragma: no-cache', { pragma: 'no-cache', expires: 'Fri, 01 May 2026 12:01:00 GMT' }],
		['Expires: 0', { expires: '0' }],
		['Expires that is no date', { expires: 'tomorrow' }],
		['a max-age that is no number', { 'cache-control': 'max-age=soon' }],
		['immutable without a lifetime', { 'cache-control': 'immutable', etag: '"1"' }],
		['that came old', { 'cache-control': 'max-age=60', age: '60' }],
		['Vary: *', { 'cache-control': 'max-age=60', vary: 'accept, *' }],
	])('%s', async (_, headers: Record<string, string>) => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		const client = cachedClient();
		for (const count of [1, 2]) {
			const { text, cacheStatus } = await client.get(`${origin.url}/`);
			expect([text, cacheStatus, origin.requests.length]).toEqual(['page', undefined, count]);
		}
	});

	it.each([
		[206, 'max-age=60'],
		[302, ''],
		[307, ''],
		[401, 'max-age=60'],
		[500, 'max-age=60'],
	])('with status %i and Cache-Control "%s"', async (status, cacheControl) => {
		const headers = { etag: '"1"', ...(cacheControl !== '' && { 'cache-control': cacheControl }) };
		const origin = await startOrigin(() => ({ status, headers }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		const { cacheStatus } = await client.get(`${origin.url}/`);
		expect([cacheStatus, origin.requests.length]).toEqual([undefined, 2]);
		expect(origin.requests[1]?.headers).not.toHaveProperty('if-none-match');
	});
});

describe('statuses that may be stored', () => {
	it.each([200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501])('%i', async (status) => {
		const origin = await startOrigin(() => ({
			status,
			headers: { 'cache-control': 'max-age=60', location: '/there' },
			body: status === 204 ? '' : 'page',
		}));
		const client = cachedClient();
		const first = await client.get(`${origin.url}/`);
		const second = await client.get(`${origin.url}/`);
		expect([second.status, second.text, second.cacheStatus, second.headers.location]).toEqual([
			status,
			first.text,
			'hit',
			'/there',
		]);
		expect(second.statusText).toBe(first.statusText);
		expect(origin.requests.length).toBe(1);
	});
});

describe('heuristic: true', () => {
	const headers = { date: 'Fri, 01 May 2026 12:00:00 GMT', 'last-modified': 'Tue, 21 Apr 2026 12:00:00 GMT' };

	it('gives a page a tenth of its age', async () => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		const client = cachedClient({ heuristic: true });
		await client.get(`${origin.url}/`);
		client.wait(24 * 60 * 60 - 1);
		expect((await client.get(`${origin.url}/`)).cacheStatus).toBe('hit');
		client.wait(2);
		await client.get(`${origin.url}/`);
		expect(origin.requests.length).toBe(2);
	});

	it('and none that the server forbids', async () => {
		const origin = await startOrigin(() => ({ headers: { ...headers, 'cache-control': 'no-cache' }, body: 'page' }));
		const client = cachedClient({ heuristic: true });
		await client.get(`${origin.url}/`);
		await client.get(`${origin.url}/`);
		expect(origin.requests.length).toBe(2);
	});
});

describe('shared: true', () => {
	it.each([
		['private', { 'cache-control': 'private, max-age=60' }, {}, 2],
		['s-maxage before max-age', { 'cache-control': 'max-age=0, s-maxage=60' }, {}, 1],
		['what needed credentials', { 'cache-control': 'max-age=60' }, { authorization: 'Basic eDp5' }, 2],
		['unless it is public', { 'cache-control': 'public, max-age=60' }, { authorization: 'Basic eDp5' }, 1],
		['a response that sets cookies', { 'cache-control': 'max-age=60', 'set-cookie': 'a=1' }, {}, 2],
	])('%s', async (_, headers: Record<string, string>, sent: Record<string, string>, count) => {
		const origin = await startOrigin(() => ({ headers, body: 'page' }));
		const client = cachedClient({ shared: true });
		await client.get(`${origin.url}/`, sent);
		await client.get(`${origin.url}/`, sent);
		expect(origin.requests.length).toBe(count);
	});
});

describe('the clock', () => {
	it('that is set back makes what is stored old, not young for ever', async () => {
		const origin = await startOrigin(() => ({
			headers: { 'cache-control': 'max-age=60' },
			body: String(Math.random()),
		}));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(-24 * 60 * 60);
		const second = await client.get(`${origin.url}/`);
		expect([second.cacheStatus, origin.requests.length]).toEqual([undefined, 2]);
		const third = await client.get(`${origin.url}/`);
		expect([third.cacheStatus, third.text, origin.requests.length]).toEqual(['hit', second.text, 2]);
	});
});

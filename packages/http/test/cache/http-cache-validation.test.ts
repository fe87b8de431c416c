import { describe, expect, it } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { httpSend } from './support/http-send.ts';
import { type OriginAnswer, startOrigin } from './support/origin.ts';

const MODIFIED = 'Wed, 29 Apr 2026 12:00:00 GMT';

/** Answers one after another, the last one for ever. */
function inTurn(...answers: OriginAnswer[]): () => OriginAnswer {
	let count = 0;
	return () => answers[Math.min(count++, answers.length - 1)] ?? {};
}

describe('a stale response with a validator is asked for with it', () => {
	it.each([
		['a strong ETag', { etag: '"1"' }, { 'if-none-match': '"1"' }],
		['a weak ETag', { etag: 'W/"1"' }, { 'if-none-match': 'W/"1"' }],
		['Last-Modified', { 'last-modified': MODIFIED }, { 'if-modified-since': MODIFIED }],
		['both', { etag: '"1"', 'last-modified': MODIFIED }, { 'if-none-match': '"1"', 'if-modified-since': MODIFIED }],
	])('%s', async (_, validators: Record<string, string>, conditions) => {
		const origin = await startOrigin(
			inTurn(
				{ headers: { ...validators, 'content-type': 'text/x' }, body: 'page' },
				{ status: 304, headers: validators },
			),
		);
		const client = cachedClient();
		await client.get(`${origin.url}/`, { accept: 'text/*' });
		const second = await client.get(`${origin.url}/`, { accept: 'text/*' });
		expect(second).toMatchObject({ status: 200, statusText: 'OK', text: 'page', cacheStatus: 'revalidated' });
		expect(second.headers['content-type']).toBe('text/x');
		expect(second.body.wireBytes).toBe(0);
		expect(origin.requests.length).toBe(2);
		expect(origin.requests[0]?.headers).not.toHaveProperty('if-none-match');
		expect(origin.requests[1]?.headers).toMatchObject({ ...conditions, accept: 'text/*' });
	});
});

it('a 304 makes it fresh again', async () => {
	const headers = { etag: '"1"', 'cache-control': 'max-age=60' };
	const origin = await startOrigin(inTurn({ headers, body: 'page' }, { status: 304, headers }));
	const client = cachedClient();
	const statuses: unknown[] = [];
	for (const seconds of [0, 60, 59, 1]) {
		client.wait(seconds);
		statuses.push((await client.get(`${origin.url}/`)).cacheStatus);
	}
	expect(statuses).toEqual([undefined, 'revalidated', 'hit', 'revalidated']);
	expect(origin.requests.length).toBe(3);
});

describe('the headers of a 304', () => {
	it('replace those that are stored, but for those that describe the body', async () => {
		const first = { etag: '"1"', 'cache-control': 'max-age=1', 'x-old': 'kept', 'x-changed': 'before', age: '1' };
		const update = {
			etag: '"1"',
			'cache-control': 'max-age=60',
			'x-changed': ['after', 'and after'],
			'x-new': 'added',
			'content-length': '999',
			'content-encoding': 'gzip',
			connection: 'x-hop',
			'x-hop': 'gone',
		};
		const origin = await startOrigin((request, response) => {
			if (request.headers['if-none-match'] === undefined) return { headers: first, body: 'page' };
			// As some servers do, with the length of the body that they leave out.
			response.writeHead(304, update).end();
			return undefined;
		});
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		for (const cacheStatus of ['revalidated', 'hit']) {
			const { headers, text, ...rest } = await client.get(`${origin.url}/`);
			expect(rest).toMatchObject({ cacheStatus, status: 200 });
			expect(text).toBe('page');
			expect(headers).toMatchObject({
				'x-old': 'kept',
				'x-changed': 'after, and after',
				'x-new': 'added',
				'content-length': '4',
				'cache-control': 'max-age=60',
				age: '0',
			});
			for (const name of ['content-encoding', 'x-hop', 'connection']) expect(headers).not.toHaveProperty(name);
		}
		expect(origin.requests.length).toBe(2);
	});

	it('may forbid that it is stored any longer', async () => {
		const origin = await startOrigin(
			inTurn(
				{ headers: { etag: '"1"' }, body: 'page' },
				{ status: 304, headers: { etag: '"1"', 'cache-control': 'no-store' } },
			),
		);
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		const second = await client.get(`${origin.url}/`);
		expect([second.text, second.headers['cache-control']]).toEqual(['page', 'no-store']);
		await client.get(`${origin.url}/`);
		expect(origin.requests[2]?.headers).not.toHaveProperty('if-none-match');
	});

	it('with another validator change nothing that is stored', async () => {
		const headers = { etag: '"1"', 'cache-control': 'max-age=1' };
		const other = { etag: '"2"', 'cache-control': 'max-age=60' };
		const origin = await startOrigin(inTurn({ headers, body: 'page' }, { status: 304, headers: other }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(2);
		for (const count of [2, 3]) {
			expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'page', headers: { etag: '"1"' } });
			expect(origin.requests[count - 1]?.headers['if-none-match']).toBe('"1"');
		}
	});

	it('may set cookies, which are handed out once', async () => {
		const headers = { etag: '"1"', 'cache-control': 'max-age=1' };
		const origin = await startOrigin(
			inTurn({ headers, body: 'page' }, { status: 304, headers: { ...headers, 'set-cookie': ['a=1', 'b=2'] } }),
		);
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		client.wait(2);
		expect((await client.get(`${origin.url}/`)).headers['set-cookie']).toEqual(['a=1', 'b=2']);
		expect((await client.get(`${origin.url}/`)).headers).not.toHaveProperty('set-cookie');
	});
});

describe('a full answer to the condition', () => {
	it('replaces what was stored', async () => {
		const origin = await startOrigin(
			inTurn(
				{ headers: { etag: '"1"' }, body: 'before' },
				{ headers: { etag: '"2"', 'cache-control': 'max-age=60' }, body: 'after' },
			),
		);
		const client = cachedClient();
		const pages: unknown[] = [];
		for (let i = 0; i < 3; i++) {
			const { text, cacheStatus } = await client.get(`${origin.url}/`);
			pages.push([text, cacheStatus]);
		}
		expect(pages).toEqual([
			['before', undefined],
			['after', undefined],
			['after', 'hit'],
		]);
		expect(origin.requests.length).toBe(2);
	});

	it.each([
		['that must not be stored', { headers: { 'cache-control': 'no-store' }, body: 'secret' }],
		['that the page is gone', { status: 410, body: 'gone' }],
		['that it has moved', { status: 302, headers: { location: '/' } }],
	])('%s, makes it forgotten', async (_, answer) => {
		const origin = await startOrigin(inTurn({ headers: { etag: '"1"' }, body: 'page' }, answer));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		expect((await client.get(`${origin.url}/`)).cacheStatus).toBeUndefined();
		await client.get(`${origin.url}/`);
		expect(origin.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', undefined]);
	});

	it.each([401, 429, 500, 503])('that says nothing of the page (%i) leaves what is stored', async (status) => {
		const origin = await startOrigin(inTurn({ headers: { etag: '"1"' }, body: 'page' }, { status }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		for (const count of [2, 3]) {
			expect(await client.get(`${origin.url}/`)).toMatchObject({ status });
			expect(origin.requests[count - 1]?.headers['if-none-match']).toBe('"1"');
		}
	});
});

it('no-cache in the request asks even while it is fresh', async () => {
	const headers = { etag: '"1"', 'cache-control': 'max-age=60' };
	const origin = await startOrigin(inTurn({ headers, body: 'page' }, { status: 304, headers }));
	const client = cachedClient();
	await client.get(`${origin.url}/`);
	const second = await client.get(`${origin.url}/`, { 'cache-control': 'no-cache' });
	expect([second.text, second.cacheStatus, origin.requests.length]).toEqual(['page', 'revalidated', 2]);
});

it('a 304 that nobody asked for is handed out', async () => {
	const origin = await startOrigin(
		inTurn({ headers: { 'cache-control': 'max-age=1' }, body: 'page' }, { status: 304 }),
	);
	const client = cachedClient();
	await client.get(`${origin.url}/`);
	client.wait(2);
	expect(await client.get(`${origin.url}/`)).toMatchObject({ status: 304, text: '' });
});

it('the times of a revalidated response are those of its 304', async () => {
	const origin = await startOrigin(inTurn({ headers: { etag: '"1"' }, body: 'page' }, { status: 304 }));
	let headersAt = 1000;
	const client = cachedClient({}, async (request) => ({ ...(await httpSend(request)), headersAt: headersAt++ }));
	await client.get(`${origin.url}/`);
	expect(await client.get(`${origin.url}/`)).toMatchObject({
		cacheStatus: 'revalidated',
		sentAt: 1001,
		headersAt: 1001,
	});
});

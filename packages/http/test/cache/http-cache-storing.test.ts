import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rejection } from '../support/until.ts';
import { cachedClient } from './support/cached-client.ts';
import { startOrigin } from './support/origin.ts';

const FRESH = { 'cache-control': 'max-age=60' };

describe('a response is stored when it was read to its end', () => {
	const body = 'x'.repeat(200_000);

	it('by iteration', async () => {
		const origin = await startOrigin(() => ({ headers: FRESH, body }));
		const client = cachedClient();
		let length = 0;
		for await (const piece of (await client.send(`${origin.url}/`)).body) length += piece.length;
		expect(length).toBe(200_000);
		expect((await client.get(`${origin.url}/`)).text).toBe(body);
		expect(origin.requests.length).toBe(1);
	});

	it('and not when it was discarded, left, cut short by its reader or never read', async () => {
		const origin = await startOrigin(() => ({ headers: FRESH, body }));
		const client = cachedClient();
		(await client.send(`${origin.url}/`)).body.discard();
		for await (const piece of (await client.send(`${origin.url}/`)).body) {
			expect(piece.length).toBeGreaterThan(0);
			break;
		}
		const { truncated } = await (await client.send(`${origin.url}/`)).body.collect({
			maxBytes: 10,
			overflow: 'truncate',
		});
		expect(truncated).toBe(true);
		const unread = await client.send(`${origin.url}/`);
		expect((await client.get(`${origin.url}/`)).cacheStatus).toBeUndefined();
		expect(origin.requests.length).toBe(5);
		unread.body.discard();
	});

	it('and not when the server cut it short', async () => {
		const origin = await startOrigin((_request, response) => {
			response.writeHead(200, { ...FRESH, 'content-length': '100' });
			response.write('begun', () => response.destroy());
			return undefined;
		});
		const client = cachedClient();
		for (const count of [1, 2]) {
			expect(await rejection(client.get(`${origin.url}/`))).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
			expect(origin.requests.length).toBe(count);
		}
	});

	it('and is no longer than maxEntryBytes', async () => {
		const origin = await startOrigin((request) => ({
			headers: FRESH,
			body: 'x'.repeat(Number(request.url?.slice(1))),
		}));
		const client = cachedClient({ maxEntryBytes: 1000 });
		for (const path of ['/1000', '/1000', '/1001', '/1001']) await client.get(origin.url + path);
		expect(origin.lines).toEqual(['GET /1000', 'GET /1001', 'GET /1001']);
	});

	it('or has none: then at once', async () => {
		const origin = await startOrigin(() => ({ status: 204, headers: FRESH }));
		const client = cachedClient();
		const { body } = await client.send(`${origin.url}/`);
		expect(await client.get(`${origin.url}/`)).toMatchObject({ status: 204, text: '', cacheStatus: 'hit' });
		expect(origin.requests.length).toBe(1);
		body.discard();
	});

	it('while it is being read, other requests are sent', async () => {
		const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
		const client = cachedClient();
		await Promise.all([client.get(`${origin.url}/`), client.get(`${origin.url}/`)]);
		expect(origin.requests.length).toBe(2);
	});
});

it('what a reader does to its bytes does not change what is stored', async () => {
	const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
	const client = cachedClient();
	for (let i = 0; i < 3; i++) {
		const response = await client.send(`${origin.url}/`);
		const { bytes } = await response.body.collect({ maxBytes: 10, overflow: 'error' });
		expect(bytes.toString()).toBe('page');
		bytes.fill(0);
	}
	expect(origin.requests.length).toBe(1);
});

describe('encoded bodies', () => {
	it('are stored decoded, and the headers of a hit describe that', async () => {
		const encoded = gzipSync('page');
		const origin = await startOrigin(() => ({
			headers: {
				...FRESH,
				etag: '"1"',
				'content-encoding': 'gzip',
				'content-length': String(encoded.length),
				'content-digest': 'sha-256=:abc=:',
				'content-type': 'text/x',
			},
			body: encoded,
		}));
		const client = cachedClient();
		const first = await client.get(`${origin.url}/`);
		expect([first.text, first.headers['content-encoding']]).toEqual(['page', 'gzip']);
		const { text, headers } = await client.get(`${origin.url}/`);
		expect([text, headers['content-length'], headers.etag, headers['content-type']]).toEqual([
			'page',
			'4',
			'"1"',
			'text/x',
		]);
		expect(headers).not.toHaveProperty('content-encoding');
		expect(headers).not.toHaveProperty('content-digest');
		expect(origin.requests.length).toBe(1);
	});

	it('keep a coding that could not be undone', async () => {
		const origin = await startOrigin(() => ({
			headers: { ...FRESH, 'content-encoding': 'aws-chunked', 'content-digest': 'sha-256=:abc=:' },
			body: 'page',
		}));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		expect((await client.get(`${origin.url}/`)).headers).toMatchObject({
			'content-encoding': 'aws-chunked',
			'content-digest': 'sha-256=:abc=:',
		});
	});

	it('vary by Accept-Encoding', async () => {
		const origin = await startOrigin((request) => {
			const coding = request.headers['accept-encoding'] === 'gzip' ? { 'content-encoding': 'gzip' } : {};
			return {
				headers: { ...FRESH, vary: 'Accept-Encoding', ...coding },
				body: 'content-encoding' in coding ? gzipSync('zipped') : 'plain',
			};
		});
		const client = cachedClient();
		const pages: string[] = [];
		for (const coding of ['gzip', 'identity', 'gzip', 'identity']) {
			pages.push((await client.get(`${origin.url}/`, { 'accept-encoding': coding })).text);
		}
		expect(pages).toEqual(['zipped', 'plain', 'zipped', 'plain']);
		expect(origin.requests.length).toBe(2);
	});
});

it('headers of one connection and of one response are not stored', async () => {
	const origin = await startOrigin(() => ({
		headers: {
			...FRESH,
			connection: 'close, X-Hop',
			'x-hop': '1',
			'keep-alive': 'timeout=5',
			'proxy-authenticate': 'Basic',
			trailer: 'x-t',
			'set-cookie': 'a=1',
			'x-kept': ['1', '2'],
		},
		body: 'page',
	}));
	const client = cachedClient();
	const first = await client.get(`${origin.url}/`);
	expect(first.headers).toMatchObject({ 'set-cookie': ['a=1'], 'x-hop': '1' });
	client.wait(5);
	expect((await client.get(`${origin.url}/`)).headers).toEqual({
		...FRESH,
		'x-kept': '1, 2',
		'content-length': '4',
		age: '5',
		// Added, because the server sent none.
		date: 'Fri, 01 May 2026 12:00:00 GMT',
	});
});

it('Age is what a response came with and what it was stored for, in whole seconds', async () => {
	const origin = await startOrigin(() => ({ headers: { ...FRESH, age: '7' }, body: 'page' }));
	const client = cachedClient();
	await client.get(`${origin.url}/`);
	client.wait(2.9);
	expect((await client.get(`${origin.url}/`)).headers.age).toBe('9');
});

describe('Vary', () => {
	it('stores a response for each value, and for none', async () => {
		const origin = await startOrigin((request) => ({
			headers: { ...FRESH, vary: 'Accept-Language, , X-Other' },
			body: `in ${request.headers['accept-language'] ?? 'none'}`,
		}));
		const client = cachedClient();
		const pages: string[] = [];
		for (let round = 0; round < 2; round++) {
			for (const language of ['de', 'fr', undefined, '']) {
				const headers = language === undefined ? {} : { 'accept-language': language };
				pages.push((await client.get(`${origin.url}/`, headers)).text);
			}
		}
		expect(pages).toEqual(['in de', 'in fr', 'in none', 'in ', 'in de', 'in fr', 'in none', 'in ']);
		expect(origin.requests.length).toBe(4);
	});

	it('cookies count where the server says so, and only there', async () => {
		const origin = await startOrigin((request) => ({
			headers: { ...FRESH, ...(request.url === '/varies' && { vary: 'cookie' }) },
			body: request.headers.cookie ?? '',
		}));
		const client = cachedClient();
		const pages: string[] = [];
		for (const path of ['/varies', '/same']) {
			for (const cookie of ['a=1', 'a=2']) pages.push((await client.get(origin.url + path, { cookie })).text);
		}
		expect(pages).toEqual(['a=1', 'a=2', 'a=1', 'a=1']);
	});

	it('the newest response wins when the server begins to vary', async () => {
		let varies = false;
		const origin = await startOrigin((request) => ({
			headers: { ...FRESH, ...(varies && { vary: 'accept' }) },
			body: `${varies} ${request.headers.accept}`,
		}));
		const client = cachedClient();
		await client.get(`${origin.url}/`, { accept: 'a' });
		varies = true;
		client.wait(30);
		await client.get(`${origin.url}/`, { accept: 'a', 'cache-control': 'no-cache' });
		expect((await client.get(`${origin.url}/`, { accept: 'a' })).text).toBe('true a');
		expect((await client.get(`${origin.url}/`, { accept: 'b' })).text).toBe('true b');
	});
});

it('a response to credentials is for these credentials alone', async () => {
	const origin = await startOrigin((request) => ({ headers: FRESH, body: request.headers.authorization ?? 'nobody' }));
	const client = cachedClient();
	const pages: string[] = [];
	for (const authorization of ['Bearer a', 'Bearer b', undefined, 'Bearer a', 'Bearer b', undefined]) {
		pages.push((await client.get(`${origin.url}/`, authorization === undefined ? {} : { authorization })).text);
	}
	expect(pages).toEqual(['Bearer a', 'Bearer b', 'nobody', 'Bearer a', 'Bearer b', 'nobody']);
	expect(origin.requests.length).toBe(3);
});

describe('redirects', () => {
	const onlyIfCached = { 'cache-control': 'only-if-cached' };
	it.each([
		[301, FRESH],
		[308, FRESH],
		[302, FRESH],
		[307, FRESH],
	])('%i that is discarded by whoever follows it is stored with its body', async (status, headers) => {
		const origin = await startOrigin(() => ({ status, headers: { ...headers, location: '/there' }, body: 'moved' }));
		const client = cachedClient();
		(await client.send(`${origin.url}/`)).body.discard();
		// Who discards a body is not told when it has been read away.
		let stored = await client.get(`${origin.url}/`, onlyIfCached);
		while (stored.status === 504) {
			await setImmediate();
			stored = await client.get(`${origin.url}/`, onlyIfCached);
		}
		expect(stored).toMatchObject({ status, text: 'moved', cacheStatus: 'hit', headers: { location: '/there' } });
		expect(origin.requests.length).toBe(1);
	});
});

describe('HEAD', () => {
	const head = { method: 'HEAD' };

	it('is answered from a GET, without its body', async () => {
		const origin = await startOrigin(() => ({ headers: FRESH, body: 'page' }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		const response = await client.get(`${origin.url}/`, {}, head);
		expect(response).toMatchObject({ text: '', cacheStatus: 'hit', headers: { 'content-length': '4' } });
		expect(origin.requests.length).toBe(1);
	});

	it('is stored at once, and answers no GET', async () => {
		const origin = await startOrigin(() => ({ headers: { ...FRESH, 'content-length': '4' }, body: 'page' }));
		const client = cachedClient();
		const { body } = await client.send(`${origin.url}/`, {}, head);
		const second = await client.get(`${origin.url}/`, {}, head);
		expect(second).toMatchObject({ cacheStatus: 'hit', headers: { 'content-length': '4' } });
		expect((await client.get(`${origin.url}/`)).text).toBe('page');
		expect(origin.lines).toEqual(['HEAD /', 'GET /']);
		body.discard();
	});

	it('that tells of a change makes the GET be asked for again', async () => {
		let etag = '"1"';
		const origin = await startOrigin(() => ({ headers: { ...FRESH, etag }, body: etag }));
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		const noCache = { 'cache-control': 'no-cache' };
		await client.get(`${origin.url}/`, noCache, head);
		expect(await client.get(`${origin.url}/`)).toMatchObject({ text: '"1"', cacheStatus: 'hit' });
		etag = '"2"';
		await client.get(`${origin.url}/`, noCache, head);
		expect((await client.get(`${origin.url}/`)).text).toBe('"2"');
		expect(origin.lines).toEqual(['GET /', 'HEAD /', 'HEAD /', 'GET /']);
		expect(origin.requests[1]?.headers).not.toHaveProperty('if-none-match');
	});
});

import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { basicAuth, HttpClient, type MockAnswer, MockTransport } from '../../src/index.ts';
import { rejection } from '../support/until.ts';

const baseUrl = 'https://api.test/';

describe('MockTransport', () => {
	it('answers with status, headers and body', async () => {
		const transport = new MockTransport(() => ({ status: 201, headers: { ETag: '"1"' }, body: 'made' }));
		await using client = new HttpClient({ transport });
		const answer = await client.post(baseUrl, { json: { a: 1 } });
		expect([answer.status, answer.header('etag'), await answer.text()]).toEqual([201, '"1"', 'made']);
	});

	it('answers JSON with its type', async () => {
		const transport = new MockTransport(() => ({ json: { name: 'Ada' } }));
		await using client = new HttpClient({ transport });
		const answer = await client.get(baseUrl);
		expect([answer.header('content-type'), await answer.json()]).toEqual(['application/json', { name: 'Ada' }]);
	});

	it('shows what was sent, streams and forms too', async () => {
		const transport = new MockTransport(() => ({}));
		await using client = new HttpClient({
			baseUrl,
			transport,
			headers: { 'X-A': ['1', '2'] },
			auth: basicAuth('u', 'p'),
		});
		await client.put('items/1', { query: { draft: true }, body: Readable.from(['some', 'thing']) });
		await client.post('login', { form: { user: 'ada lovelace' } });
		const [first, second] = transport.requests;
		expect(first).toMatchObject({ method: 'PUT', url: `${baseUrl}items/1?draft=true`, path: '/items/1?draft=true' });
		expect(first?.headers).toMatchObject({ 'x-a': '1, 2', authorization: `Basic ${btoa('u:p')}` });
		expect(first?.text()).toBe('something');
		expect(second?.text()).toBe('user=ada+lovelace');
	});

	it('lets everything above the connections be real: retries, redirects, cookies', async () => {
		const answers: MockAnswer[] = [
			{ fail: 'reset' },
			{ status: 503 },
			{ status: 302, headers: { location: '/in', 'set-cookie': 'id=7; Path=/' } },
			{ json: 'in' },
		];
		const transport = new MockTransport(() => answers.shift() ?? {});
		await using client = new HttpClient({ baseUrl, transport, cookies: true, retry: { baseMs: 1 } });
		const answer = await client.get('');
		expect([await answer.json(), answer.url]).toEqual(['in', `${baseUrl}in`]);
		expect(transport.requests.map(({ path }) => path)).toEqual(['/', '/', '/', '/in']);
		expect(transport.requests.at(-1)?.headers.cookie).toBe('id=7');
	});

	it('keeps to timeouts and signals', async () => {
		const transport = new MockTransport(() => ({ delayMs: 1_000 }));
		await using client = new HttpClient({ baseUrl, transport, retry: false });
		expect(await rejection(client.get('', { timeouts: { headersMs: 20 } }))).toMatchObject({ phase: 'headers' });
		expect(await rejection(client.get('', { timeouts: { totalMs: 20 } }))).toMatchObject({ phase: 'total' });
		const signal = AbortSignal.timeout(20);
		expect(await rejection(client.get('', { signal }))).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		expect(client.stats).toEqual({ pools: 0, connections: 0, pending: 0, running: 0 });
	});

	it('treats bodies as a connection would: none where there can be none, decoded, within limits', async () => {
		const transport = new MockTransport(({ path }) =>
			path === '/gzip'
				? { body: gzipSync('page'), headers: { 'Content-Encoding': 'gzip' } }
				: { status: Number(path.slice(1)), body: 'page' },
		);
		await using client = new HttpClient({ transport, baseUrl });
		expect(await (await client.head('200')).text()).toBe('');
		expect(await (await client.get('204')).text()).toBe('');
		expect(await (await client.get('304')).text()).toBe('');
		expect(await (await client.get('gzip')).text()).toBe('page');
		const tooLarge = rejection(client.read('200', { maxBodyBytes: 3 }));
		expect(await tooLarge).toMatchObject({ code: 'ORB_HTTP_BODY_TOO_LARGE' });
	});

	it('wants an answer of its handler', async () => {
		// @ts-expect-error: what a JavaScript caller may give
		await using client = new HttpClient({ transport: new MockTransport(() => undefined) });
		expect(String(await rejection(client.get(baseUrl)))).toContain('gave undefined: give an object');
	});

	it('hands out what the handler throws, once', async () => {
		const transport = new MockTransport(() => {
			throw new Error('expected 2 to be 3');
		});
		await using client = new HttpClient({ transport });
		expect(await rejection(client.get(baseUrl))).toMatchObject({ message: 'expected 2 to be 3' });
		expect(transport.requests).toHaveLength(1);
	});

	it('is left open by the client, and refuses requests when it is closed itself', async () => {
		const transport = new MockTransport(() => ({}));
		await new HttpClient({ transport }).close();
		await using client = new HttpClient({ transport });
		expect((await client.get(baseUrl)).status).toBe(200);
		await transport.close();
		expect(String(await rejection(client.get(baseUrl)))).toContain('MockTransport that is closed');
	});

	it('refuses an answer that is none, or that has a name it does not know', async () => {
		for (const [answer, message] of [
			[undefined, 'gave undefined'],
			['hi', 'gave hi'],
			[{ status: 'OK' }, 'The status of a MockTransport is OK: give a number'],
			[{ status: 99 }, 'The status of a MockTransport is 99'],
			[{ headers: 5 }, 'The headers of a MockTransport are of type number'],
			[{ json: 1, body: 'x' }, 'has json and body: give one of them'],
			[{ statusCode: 404 }, 'has no option "statusCode": did you mean "status"'],
			[new Response('hi'), 'gave [object Response]'],
		] as const) {
			await using client = new HttpClient({ transport: new MockTransport(() => answer as MockAnswer) });
			expect(String(await rejection(client.get(baseUrl)))).toContain(message);
		}
	});

	it('wants a function', () => {
		// @ts-expect-error: what a JavaScript caller may pass
		expect(() => new MockTransport({ status: 200 })).toThrow('give a function that answers');
	});
});

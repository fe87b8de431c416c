import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AbortedError, bearerAuth, HttpClient, InvalidRequestError, MockTransport } from '../src/index.ts';
import { response, startRawServer } from './support/raw-server.ts';
import { rejection, until } from './support/until.ts';

const server = createServer((request, answer) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		if (request.url === '/gzip') {
			answer.setHeader('Content-Encoding', 'gzip');
			answer.end(gzipSync('<p>hello</p>'));
			return;
		}
		answer.setHeader('Set-Cookie', ['a=1', 'b=2']);
		answer.statusCode = request.url === '/missing' ? 404 : 200;
		const { method, url, headers } = request;
		answer.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
	});
});
let origin = '';

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('read', () => {
	it('hands out status, headers, URL and body', async () => {
		await using client = new HttpClient();
		const page = await client.read(`${origin}/a?b=c#d`);
		expect(page).toMatchObject({ status: 200, statusText: 'OK', redirectUrls: [], discarded: false });
		expect(page.url).toBe(`${origin}/a?b=c#d`);
		expect(page.headers['set-cookie']).toEqual(['a=1', 'b=2']);
		expect(page.wireBytes).toBe(page.body.length);
		expect(JSON.parse(page.body.toString())).toMatchObject({ method: 'GET', url: '/a?b=c' });
		const { sentMs, headersMs, totalMs } = page.timings;
		expect(0 <= sentMs && sentMs <= headersMs && headersMs <= totalMs).toBe(true);
	});

	it('does not treat 404 as an error', async () => {
		await using client = new HttpClient();
		expect((await client.read(`${origin}/missing`)).status).toBe(404);
	});

	it('decodes, and counts the bytes on the wire', async () => {
		await using client = new HttpClient();
		const page = await client.read(`${origin}/gzip`);
		expect(page.body.toString()).toBe('<p>hello</p>');
		expect(page.wireBytes).toBe(gzipSync('<p>hello</p>').length);
		expect(page.headers['content-encoding']).toBe('gzip');
	});

	it('sends its own headers, those of the client and those of the call, the last one winning', async () => {
		await using client = new HttpClient({ userAgent: 'bot/1', headers: { 'X-A': 'client', 'X-B': 'client' } });
		const page = await client.read(origin, { headers: { 'x-b': 'call', 'X-List': ['1', '2'] } });
		expect(JSON.parse(page.body.toString()).headers).toMatchObject({
			'user-agent': 'bot/1',
			accept: '*/*',
			'accept-encoding': 'gzip, deflate, br, zstd',
			'x-a': 'client',
			'x-b': 'call',
			'x-list': '1, 2',
		});
	});

	it.each(['text \u00e9', new TextEncoder().encode('text \u00e9')])('sends a body', async (body) => {
		await using client = new HttpClient();
		const page = await client.read(origin, { method: 'POST', body });
		expect(JSON.parse(page.body.toString())).toMatchObject({ method: 'POST', body: 'text \u00e9' });
	});

	it('reads no body for HEAD', async () => {
		await using client = new HttpClient();
		const page = await client.read(`${origin}/gzip`, { method: 'HEAD' });
		expect(page).toMatchObject({ status: 200, wireBytes: 0, discarded: false });
		expect(page.body).toHaveLength(0);
	});

	it('sends the user info of a URL as Basic authorization', async () => {
		await using client = new HttpClient();
		const page = await client.read(origin.replace('//', '//user:secret@'));
		expect(JSON.parse(page.body.toString()).headers.authorization).toBe(`Basic ${btoa('user:secret')}`);
		expect(page.url).toBe(`${origin}/`);
	});

	it.each([
		['http://exa mple/', {}, 'not an absolute URL'],
		['file:///etc/passwd', {}, 'only http: and https:'],
		['http://127.0.0.1/', { method: 'G E T' }, 'The method is "G E T"'],
		['http://127.0.0.1/', { method: 'connect' }, 'The method is "CONNECT", which opens a tunnel'],
		['http://127.0.0.1/', { headers: { 'bad name': 'x' } }, 'A header cannot be called'],
		['http://127.0.0.1/', { headers: { a: 'x\r\nb: y' } }, 'The header "a" has a value'],
		['http://127.0.0.1/', { maxBodyBytes: 0 }, 'maxBodyBytes is 0'],
		['http://127.0.0.1/', { overflow: 'cut' as 'truncate' }, 'overflow is "cut"'],
		['http://127.0.0.1/', { maxRedirects: -1 }, 'maxRedirects is -1'],
		['http://127.0.0.1/', { timeouts: { headersMs: 0 } }, 'timeouts.headersMs is 0'],
		['http://127.0.0.1/', { proxy: 'ftp://u:secret@127.0.0.1' }, 'proxy is'],
	])('refuses %j with %j', async (url, options, message) => {
		await using client = new HttpClient();
		const error = await rejection(client.read(url, options));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(message);
		expect(String(error)).not.toContain('secret');
	});
});

describe('the constructor', () => {
	it.each([
		[{ timeout: {} }, 'did you mean "timeouts"'],
		[{ timeouts: { headerMs: 1 } }, 'did you mean "headersMs"'],
		[{ tls: { certs: '' } }, 'did you mean "cert"'],
		[{ tls: { rejectUnauthorized: false } }, 'dangerouslyAcceptAnyCertificate'],
		[{ limits: { perhost: 1 } }, 'did you mean "perHost"'],
		[{ limits: { total: 0 } }, 'limits.total is 0'],
		[{ rateLimit: { maxCalls: 1 } }, 'rateLimit.periodMs is undefined'],
		[{ baseUrl: 'https://api.test/v1' }, 'end it with "/"'],
		[{ baseUrl: 'ftp://api.test/' }, 'baseUrl is "ftp://api.test/"'],
		[{ auth: { token: 'x' } }, 'auth has no function "authorize"'],
		[{ hooks: { onRequested: () => undefined } }, 'did you mean "onRequest"'],
		[{ hooks: { onRequest: 'log' } }, 'hooks.onRequest is of type string'],
		[{ maxBodyBytes: 1.5 }, 'maxBodyBytes is 1.5: give a whole number from 1.'],
		[{ limits: { perHost: 0 } }, 'limits.perHost is 0'],
		[{ headers: { a: 1 } }, 'The header "a" has a value of type number'],
		[{ proxy: 'nonsense' }, 'proxy is'],
	])('refuses %j', (options, message) => {
		// @ts-expect-error: what a JavaScript caller may pass
		expect(() => new HttpClient(options)).toThrow(message);
	});
});

describe('signal', () => {
	it('may be shared by many requests', async () => {
		await using client = new HttpClient();
		const warnings: Error[] = [];
		const collect = (warning: Error): void => void warnings.push(warning);
		process.on('warning', collect);
		const { signal } = new AbortController();
		await Promise.all(Array.from({ length: 50 }, () => client.read(origin, { signal })));
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', collect);
		expect(warnings).toEqual([]);
	});

	it('that had fired before sends nothing', async () => {
		await using server = await startRawServer(() => undefined);
		await using client = new HttpClient();
		const error = await rejection(client.read(server.origin, { signal: AbortSignal.abort('never') }));
		expect(error).toBeInstanceOf(AbortedError);
		expect(error).toMatchObject({ code: 'ORB_HTTP_ABORTED', cause: 'never' });
		expect(server.accepted).toBe(0);
	});

	it('ends a request and its connection', async () => {
		await using server = await startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nsome'));
		await using client = new HttpClient();
		const controller = new AbortController();
		const aborted = rejection(client.read(server.origin, { signal: controller.signal }));
		await until(() => server.requests.length === 1);
		controller.abort();
		expect(await aborted).toBeInstanceOf(AbortedError);
		await until(() => server.open === 0);
	});

	it('ends a request that waits, and leaves the connection it waited for alone', async () => {
		let answer = (): void => undefined;
		await using server = await startRawServer((socket) => {
			answer = () => socket.write(response('page'));
		});
		await using client = new HttpClient({ limits: { perHost: 1 } });
		const controller = new AbortController();
		const first = client.read(server.origin);
		const second = rejection(client.read(server.origin, { signal: controller.signal }));
		await until(() => server.requests.length === 1);
		expect(client.stats).toMatchObject({ running: 1, pending: 1 });
		controller.abort();
		expect(await second).toBeInstanceOf(AbortedError);
		answer();
		await first;
		const third = client.read(server.origin);
		await until(() => server.requests.length === 2);
		answer();
		expect((await third).status).toBe(200);
		expect(server.accepted).toBe(1);
	});
});

describe('the end', () => {
	it('close waits for what is in flight and refuses what comes', async () => {
		let answer = (): void => undefined;
		await using server = await startRawServer((socket) => {
			answer = () => socket.write(response('done'));
		});
		const client = new HttpClient();
		const page = client.read(server.origin);
		await until(() => server.requests.length === 1);
		const closed = client.close();
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(InvalidRequestError);
		answer();
		expect((await page).body.toString()).toBe('done');
		await closed;
		await until(() => server.open === 0);
		expect(client.stats).toEqual({ pools: 0, connections: 0, pending: 0, running: 0 });
	});

	it('close lets what is in flight fetch its token with this client', async () => {
		await using server = await startRawServer((socket, head) => {
			if (head.startsWith('POST /token')) setTimeout(() => socket.write(response('good')), 20);
			else socket.write(head.includes('Bearer good') ? response('done') : response('', '', '401 Unauthorized'));
		});
		const client: HttpClient = new HttpClient({
			baseUrl: `${server.origin}/`,
			auth: bearerAuth(async () => await (await client.post('token', { auth: false })).text()),
		});
		const page = client.read('page');
		const closed = client.close();
		expect((await page).body.toString()).toBe('done');
		await closed;
		expect(await rejection(client.read('page'))).toBeInstanceOf(InvalidRequestError);
	});

	it('destroy fails what waits for a token', async () => {
		const client = new HttpClient({ auth: bearerAuth(() => new Promise(() => undefined)) });
		const page = rejection(client.read('http://127.0.0.1:1/'));
		await client.destroy();
		expect(String(await page)).toContain('GET http://127.0.0.1:1/ was aborted: the client was destroyed.');
	});

	it("destroy fails what is asked of a transport of the caller's", async () => {
		const transport = new MockTransport(() => ({ delayMs: 60_000 }));
		const client = new HttpClient({ transport });
		const page = rejection(client.read('http://shop.test/'));
		await until(() => transport.requests.length === 1);
		await client.destroy();
		expect(String(await page)).toContain('was aborted: the client was destroyed.');
		expect(client.stats).toMatchObject({ running: 0, connections: 0 });
	});

	it('destroy fails what is in flight', async () => {
		await using server = await startRawServer(() => undefined);
		const client = new HttpClient();
		const page = rejection(client.read(server.origin));
		await until(() => server.requests.length === 1);
		await client.destroy();
		expect(await page).toBeInstanceOf(AbortedError);
		await until(() => server.open === 0);
	});
});

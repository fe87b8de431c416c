import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { AbortedError, HttpClient, type RetryEvent } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const QUICK = { baseMs: 1, maxDelayMs: 2 };
const busy = (headers = ''): Buffer => response('try later', headers, '503 Service Unavailable');

/** Answers the first requests in these ways, and all others well. */
const failing = (...ways: ((socket: Socket) => void)[]) => {
	let requests = 0;
	return startRawServer((socket) => {
		const way = ways[requests++];
		if (way === undefined) socket.write(response('at last'));
		else way(socket);
	});
};

const unavailable = (socket: Socket): void => void socket.write(busy());
const reset = (socket: Socket): void => void socket.resetAndDestroy();
const cutBody = (socket: Socket): void => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');

describe('a request is sent again', () => {
	it.each([
		['an error status', unavailable],
		['a reset', reset],
		['a polite hang-up', (socket: Socket) => void socket.end()],
	])('after %s', async (_, way) => {
		await using server = await failing(way, way);
		await using client = new HttpClient({ retry: QUICK });
		expect(await (await client.get(server.origin)).text()).toBe('at last');
		expect(server.requests).toHaveLength(3);
	});

	it('after a body that broke off, where nobody has seen any of it', async () => {
		await using server = await failing(cutBody, cutBody);
		await using client = new HttpClient({ retry: QUICK });
		expect((await client.read(server.origin)).body.toString()).toBe('at last');
		expect(server.requests).toHaveLength(3);
	});

	it('but not after a body that broke off while it was handed out', async () => {
		await using server = await failing(cutBody);
		await using client = new HttpClient({ retry: QUICK });
		expect(await rejection((await client.get(server.origin)).text())).toMatchObject({
			code: 'ORB_HTTP_CONNECTION_LOST',
		});
		expect(server.requests).toHaveLength(1);
	});

	it('with its body, when that can be made again', async () => {
		const bodies: string[] = [];
		await using server = await startServer(async (request, answer) => {
			bodies.push(await text(request));
			answer.writeHead(bodies.length === 1 ? 503 : 200).end();
		});
		await using client = new HttpClient({ retry: QUICK });
		const body = () => Readable.from(['some', 'thing']);
		expect((await client.put(server.url, { body })).status).toBe(200);
		expect(bodies).toEqual(['something', 'something']);
	});

	it.each([
		['a POST', { method: 'POST', body: 'once' }],
		['a stream', { method: 'PUT', body: Readable.from(['once']) }],
	])('but not %s, whose answer is handed out with its body', async (_, { method, body }) => {
		await using server = await startServer(async (request, answer) => {
			answer.writeHead(503).end(`not ${await text(request)}`);
		});
		await using client = new HttpClient({ retry: QUICK });
		const answer = await client.request(method, server.url, { body });
		expect([answer.status, await answer.text()]).toEqual([503, 'not once']);
		expect(server.log.requests).toHaveLength(1);
	});

	it('a POST too when told, or with an Idempotency-Key', async () => {
		await using server = await failing(unavailable, () => undefined, unavailable);
		await using client = new HttpClient({ retry: QUICK });
		const told = { ...QUICK, limit: 3, methods: ['POST'] };
		expect((await client.post(server.origin, { json: 1, retry: told, timeouts: { headersMs: 100 } })).status).toBe(200);
		expect(server.requests).toHaveLength(4);
		const headers = { 'Idempotency-Key': '7' };
		await using other = await failing(unavailable);
		expect((await client.post(other.origin, { json: 1, headers })).status).toBe(200);
	});

	it('until the limit; the last answer keeps its body', async () => {
		await using server = await failing(unavailable, unavailable, unavailable, unavailable);
		await using client = new HttpClient({ retry: { ...QUICK, limit: 3 } });
		const answer = await client.get(server.origin);
		expect([answer.status, await answer.text()]).toEqual([503, 'try later']);
		expect(server.requests).toHaveLength(4);
	});

	it('until the limit; the last error is thrown', async () => {
		await using server = await failing(unavailable, reset, reset, reset, reset, reset);
		await using client = new HttpClient({ retry: QUICK });
		expect(await rejection(client.get(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'reset' });
		// The first reset met a connection that had been used, which is nobody's failure: it does not count.
		expect(server.requests).toHaveLength(4);
	});

	it('not at all with retry: false', async () => {
		await using server = await failing(unavailable);
		await using client = new HttpClient();
		expect((await client.get(server.origin, { retry: false })).status).toBe(503);
	});

	it('over redirects with one count for all of them', async () => {
		let requests = 0;
		await using server = await startRawServer((socket, head) => {
			requests += 1;
			if (requests % 2 === 1) socket.write(busy());
			else if (/^GET \/end/.test(head)) socket.write(response('end'));
			else socket.write(response('', 'Location: /end\r\n', '302 Found'));
		});
		await using client = new HttpClient({ retry: { ...QUICK, limit: 1 } });
		const answer = await client.get(server.origin);
		expect([answer.status, answer.url]).toEqual([503, `${server.origin}/end`]);
		expect(requests).toBe(3);
	});
});

describe('Retry-After', () => {
	const asking = (value: string) => (socket: Socket) => void socket.write(busy(`Retry-After: ${value}\r\n`));

	it.each([
		['seconds', () => '1'],
		['a date', () => new Date(Date.now() + 1_500).toUTCString()],
	])('is obeyed: %s', async (_, value) => {
		await using server = await failing((socket) => asking(value())(socket));
		const waits: number[] = [];
		const onRetry = ({ delayMs }: RetryEvent): void => void waits.push(delayMs);
		await using client = new HttpClient({ retry: QUICK, hooks: { onRetry } });
		const before = Date.now();
		expect((await client.get(server.origin)).status).toBe(200);
		expect(Date.now() - before).toBeGreaterThanOrEqual((waits[0] as number) - 2);
		expect(waits[0]).toBeGreaterThan(QUICK.maxDelayMs);
	});

	it('over maxRetryAfterMs ends the tries', async () => {
		await using server = await failing(asking('2'));
		await using client = new HttpClient({ retry: { ...QUICK, maxRetryAfterMs: 1_000 } });
		expect((await client.get(server.origin)).status).toBe(503);
		expect(server.requests).toHaveLength(1);
	});

	it('beyond the time of the call ends them at once', async () => {
		await using server = await failing(asking('20'));
		await using client = new HttpClient({ timeouts: { totalMs: 10_000 } });
		expect((await client.get(server.origin)).status).toBe(503);
	});
});

describe('while a try waits', () => {
	const waiting = { baseMs: 60_000, maxDelayMs: 60_000, limit: 1 };
	const long = (socket: Socket): void => void socket.write(busy('Retry-After: 30\r\n'));

	it('no slot is held', async () => {
		await using server = await failing(long);
		const client = new HttpClient({ limits: { total: 1 }, retry: waiting });
		const first = rejection(client.get(server.origin));
		await until(() => server.requests.length === 1 && client.stats.running === 0);
		expect((await client.get(server.origin)).status).toBe(200);
		await client.destroy();
		expect(await first).toBeInstanceOf(AbortedError);
	});

	it('its signal ends it', async () => {
		await using server = await failing(long);
		await using client = new HttpClient({ retry: waiting });
		const controller = new AbortController();
		const request = rejection(client.get(server.origin, { signal: controller.signal }));
		await until(() => server.requests.length === 1 && client.stats.running === 0);
		controller.abort('enough');
		expect(await request).toMatchObject({ code: 'ORB_HTTP_ABORTED', cause: 'enough' });
	});

	it('close waits for it', async () => {
		await using server = await failing((socket) => void socket.write(busy('Retry-After: 1\r\n')));
		const client = new HttpClient({ retry: QUICK });
		const request = client.get(server.origin).then((answer) => answer.text());
		await until(() => server.requests.length === 1 && client.stats.running === 0);
		await client.close();
		expect(await request).toBe('at last');
	});
});

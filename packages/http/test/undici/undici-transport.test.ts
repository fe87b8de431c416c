import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

describe('a connection that the server closes while a request is on its way', () => {
	/** Answers the first request of each connection and drops the connection at the second, as if it had been idle. */
	const forgetful = (end: 'end' | 'resetAndDestroy') => {
		const served = new WeakSet();
		return startRawServer((socket) => {
			if (served.has(socket)) {
				socket[end]();
				return;
			}
			served.add(socket);
			socket.write(response('page'));
		});
	};

	it.each(['end', 'resetAndDestroy'] as const)('is replaced for a GET (%s)', async (end) => {
		await using server = await forgetful(end);
		await using client = new HttpClient({ limits: { perHost: 1 } });
		for (let i = 0; i < 4; i++) expect((await client.read(server.origin)).body.toString()).toBe('page');
		// The first request, then three pairs of one lost and one sent again.
		expect(server.requests).toHaveLength(7);
		expect(server.accepted).toBe(4);
	});

	it('is replaced for many at once', async () => {
		await using server = await forgetful('end');
		await using client = new HttpClient({ limits: { perHost: 8 } });
		const burst = () => Promise.all(Array.from({ length: 8 }, () => client.read(server.origin)));
		await burst();
		expect((await burst()).map(({ status }) => status)).toEqual(Array(8).fill(200));
	});

	it('is an error for a POST, which may have had its effect', async () => {
		await using server = await forgetful('end');
		await using client = new HttpClient({ limits: { perHost: 1 } });
		await client.read(server.origin);
		const error = await rejection(client.read(server.origin, { method: 'POST', body: 'x' }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'closed' });
		expect(server.requests).toHaveLength(2);
	});

	it('is an error once the response began', async () => {
		let answers = 0;
		await using server = await startRawServer((socket) => {
			if (answers++ === 0) socket.write(response('page'));
			else socket.end('HTTP/1.1 200 OK\r\nContent-Le');
		});
		await using client = new HttpClient({ limits: { perHost: 1 }, retry: false });
		await client.read(server.origin);
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		expect(server.requests).toHaveLength(2);
	});

	it('is an error for a DELETE whose caller wants no retries', async () => {
		await using server = await forgetful('end');
		await using client = new HttpClient({ limits: { perHost: 1 } });
		await client.read(server.origin);
		expect(await rejection(client.delete(server.origin, { retry: false }))).toMatchObject({ reason: 'closed' });
		expect(server.requests).toHaveLength(2);
		await client.read(server.origin);
		expect((await client.delete(server.origin)).status).toBe(200);
		expect(server.requests.filter((head) => head.startsWith('DELETE'))).toHaveLength(3);
	});

	it('is an error, and nothing more, when the body cannot be made again', async () => {
		await using server = await forgetful('end');
		await using client = new HttpClient({ limits: { perHost: 1 } });
		await client.read(server.origin);
		let made = 0;
		const body = (): string => {
			made += 1;
			if (made === 2) throw new Error('only once');
			return 'text';
		};
		const error = await rejection(client.put(server.origin, { body }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST', message: expect.stringContaining('only once') });
		await until(() => client.stats.running === 0 && client.stats.pools === 0);
	});

	it('keeps to the limits of the call when sent again', async () => {
		let answers = 0;
		await using server = await startRawServer((socket) => {
			answers += 1;
			if (answers === 1) socket.write(response('page'));
			else if (answers === 2) socket.end();
		});
		await using client = new HttpClient({ limits: { perHost: 1 }, retry: false });
		await client.read(server.origin);
		let sent = 0;
		const onSent = (): void => {
			sent += 1;
		};
		const error = await rejection(client.read(server.origin, { timeouts: { headersMs: 150 }, onSent }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'headers' });
		expect(sent).toBe(2);
		await until(() => client.stats.running === 0 && client.stats.connections === 0);
	});
});

describe('the stream of a request that is never sent', () => {
	const unreachable = 'http://127.0.0.1:1/';

	it('is closed, at each try', async () => {
		await using client = new HttpClient({ retry: { limit: 2, baseMs: 1 } });
		const streams: Readable[] = [];
		const body = (): Readable => {
			const stream = new Readable({ read: () => undefined });
			streams.push(stream);
			return stream;
		};
		expect(await rejection(client.put(unreachable, { body }))).toMatchObject({ reason: 'refused' });
		expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
	});

	it.each([
		['its headers cannot be sent', { headers: { Expect: '100-continue' } }],
		['its signal had fired', { signal: AbortSignal.abort() }],
	])('is closed when %s', async (_, options) => {
		await using client = new HttpClient();
		const body = new Readable({ read: () => undefined });
		await rejection(client.put(unreachable, { body, ...options }));
		expect(body.destroyed).toBe(true);
	});

	it('is closed when it waited for a slot in vain', async () => {
		await using server = await startRawServer(() => undefined);
		const client = new HttpClient({ limits: { total: 1 } });
		const first = rejection(client.get(server.origin));
		let cancelled = false;
		const body = new ReadableStream<Uint8Array>({
			cancel() {
				cancelled = true;
			},
		});
		const error = await rejection(client.put(server.origin, { body, timeouts: { poolMs: 5 } }));
		expect(error).toMatchObject({ phase: 'pool' });
		expect(cancelled).toBe(true);
		await client.destroy();
		await first;
	});
});

it('keeps no more connections to an origin than it may', async () => {
	await using server = await startRawServer((socket) => setTimeout(() => socket.write(response('page')), 5));
	await using client = new HttpClient({ limits: { perHost: 3 } });
	await Promise.all(Array.from({ length: 30 }, () => client.read(server.origin)));
	expect(server.accepted).toBe(3);
	expect(client.stats).toEqual({ pools: 1, connections: 3, pending: 0, running: 0 });
});

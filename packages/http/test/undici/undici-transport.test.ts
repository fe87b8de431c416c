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

it('keeps no more connections to an origin than it may', async () => {
	await using server = await startRawServer((socket) => setTimeout(() => socket.write(response('page')), 5));
	await using client = new HttpClient({ limits: { perHost: 3 } });
	await Promise.all(Array.from({ length: 30 }, () => client.read(server.origin)));
	expect(server.accepted).toBe(3);
	expect(client.stats).toEqual({ pools: 1, connections: 3, pending: 0, running: 0 });
});

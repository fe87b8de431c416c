import { connect as connectSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import type { RequestOptions } from '../../src/request-options.ts';
import { Connecting } from '../../src/undici/connecting.ts';
import { type ConnectCallback, type ConnectTarget, isDestroyable, watched } from '../../src/undici/connector.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const TARGET: ConnectTarget = { protocol: 'http:', hostname: '127.0.0.1', port: '80' };

/** What `watched` reports, in the order it does. */
function watchedCalls(connect: (callback: ConnectCallback) => unknown, connectMs: number) {
	const calls: unknown[] = [];
	const watch = new Connecting();
	watch.owner = { connectMs };
	watch.join(watch.owner);
	watched((_options, callback) => connect(callback), watch)(TARGET, (error, socket) => {
		calls.push(error === null ? { socket, handingOver: watch.handingOver } : { code: 'code' in error && error.code });
	});
	return { calls, watch };
}

describe('watched', () => {
	it('hands a socket over, and tells so while it does', async () => {
		await using server = await startRawServer(() => undefined);
		const socket = connectSocket(server.port, '127.0.0.1');
		const { calls, watch } = watchedCalls((callback) => callback(null, socket), 1_000);
		expect(calls).toEqual([{ socket, handingOver: true }]);
		expect(watch.handingOver).toBe(false);
		socket.destroy();
	});

	it('hands an error on', () => {
		const refused = Object.assign(new Error(), { code: 'ECONNREFUSED' });
		expect(watchedCalls((callback) => callback(refused, null), 1_000).calls).toEqual([{ code: 'ECONNREFUSED' }]);
	});

	it('gives up in time, once, and destroys what comes of it later', async () => {
		await using server = await startRawServer(() => undefined);
		const early = connectSocket(server.port, '127.0.0.1');
		const late = connectSocket(server.port, '127.0.0.1');
		let answer: ConnectCallback = () => undefined;
		const { calls } = watchedCalls((callback) => {
			answer = callback;
			return early;
		}, 20);
		await until(() => calls.length > 0);
		expect(early.destroyed).toBe(true);
		answer(null, late);
		answer(new Error('even later'), null);
		expect(late.destroyed).toBe(true);
		expect(calls).toEqual([{ code: 'UND_ERR_CONNECT_TIMEOUT' }]);
	});

	it('gives up what cannot be destroyed, too', async () => {
		const { calls } = watchedCalls(() => Promise.resolve(), 20);
		await until(() => calls.length > 0);
		expect(calls).toEqual([{ code: 'UND_ERR_CONNECT_TIMEOUT' }]);
	});
});

it('isDestroyable looks for the method', () => {
	expect([{ destroy: () => undefined }, { destroy: true }, {}, null, 'destroy'].map(isDestroyable)).toEqual([
		true,
		false,
		false,
		false,
		false,
	]);
});

describe('a request that is given up while its connection is opened', () => {
	it.each([false, true])(
		'takes the connection along, and its slot is free (body as a stream: %s)',
		async (streamed) => {
			await using silent = await startRawServer(() => undefined);
			await using client = new HttpClient({ timeouts: { connectMs: 60_000 } });
			async function* stream() {
				yield 'text';
			}
			const controller = new AbortController();
			const { signal } = controller;
			const url = silent.origin.replace('http', 'https');
			const lost = rejection(client.put(url, { signal, body: streamed ? stream() : 'text' }));
			await until(() => silent.open === 1);
			controller.abort();
			expect(await lost).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
			expect(client.stats).toMatchObject({ running: 0, pools: 0 });
			await until(() => silent.open === 0);
		},
	);

	it('leaves a connection alone that others wait for to share it', async () => {
		await using silent = await startRawServer(() => undefined);
		const client = new HttpClient({ http2: true, timeouts: { connectMs: 60_000 } });
		const controller = new AbortController();
		const url = silent.origin.replace('http', 'https');
		const lost = rejection(client.get(url, { signal: controller.signal }));
		const waiting = rejection(client.get(url));
		await until(() => silent.open === 1);
		controller.abort();
		await lost;
		expect(client.stats.running).toBe(2);
		await client.destroy();
		await waiting;
		await until(() => silent.open === 0);
		expect(silent.accepted).toBe(1);
	});
});

describe('connectMs', () => {
	it('ends a handshake that never comes, and the connection', async () => {
		await using silent = await startRawServer(() => undefined);
		await using client = new HttpClient({ timeouts: { connectMs: 120 }, retry: false });
		const error = await rejection(client.read(silent.origin.replace('http', 'https')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 120 });
		await until(() => silent.open === 0 && client.stats.pools === 0);
	});

	it('fires before one of half a second, which undici would round to the same', async () => {
		await using silent = await startRawServer(() => undefined);
		await using client = new HttpClient({ retry: false });
		const url = silent.origin.replace('http', 'https');
		const order: number[] = [];
		const lanes = [500, 100].map(async (connectMs) => {
			await rejection(client.read(`${url}/${connectMs}`, { timeouts: { connectMs } }));
			order.push(connectMs);
		});
		await Promise.all(lanes);
		expect(order).toEqual([100, 500]);
	});

	it("is each request's own, whatever the others of its host have", async () => {
		await using silent = await startRawServer(() => undefined);
		const url = silent.origin.replace('http', 'https');
		async function* body() {
			yield 'text';
		}
		const ask = async (http2: boolean, options: RequestOptions): Promise<unknown[]> => {
			await using client = new HttpClient({ retry: false, http2 });
			const lanes = [10_000, 60].map((connectMs) => client.put(url, { ...options, timeouts: { connectMs } }));
			const error = await rejection(Promise.race(lanes));
			await client.destroy();
			return [error, await rejection(lanes[0] ?? Promise.resolve())];
		};
		for (const [http2, options] of [[true, {}] as const, [false, { body: body() }] as const]) {
			expect(await ask(http2, options)).toMatchObject([{ limitMs: 60 }, { code: 'ORB_HTTP_ABORTED' }]);
		}
	});

	it('may be longer than any timer', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using client = new HttpClient({ timeouts: { connectMs: 2 ** 40, totalMs: Number.POSITIVE_INFINITY } });
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

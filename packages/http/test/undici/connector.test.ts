import { connect as connectSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import {
	type ConnectCallback,
	type ConnectionWatch,
	type ConnectTarget,
	isDestroyable,
	watched,
} from '../../src/undici/connector.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const TARGET: ConnectTarget = { protocol: 'http:', hostname: '127.0.0.1', port: '80' };

/** What `watched` reports, in the order it does. */
function watchedCalls(connect: (callback: ConnectCallback) => unknown, connectMs: number) {
	const calls: unknown[] = [];
	const watch: ConnectionWatch = { connectMs, handingOver: false };
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

	it('may be longer than any timer', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using client = new HttpClient({ timeouts: { connectMs: 2 ** 40, totalMs: Number.POSITIVE_INFINITY } });
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

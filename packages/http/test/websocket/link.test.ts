import { getEventListeners } from 'node:events';
import { startWebSocketServer, type WebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AbortedError, ConnectError } from '../../src/errors.ts';
import { connectWebSocket } from '../../src/websocket/connect-websocket.ts';
import type { WebSocketConnection } from '../../src/websocket/connection.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import type { WebSocketMessage } from '../../src/websocket/websocket-message.ts';
import type { WebSocketReconnectEvent } from '../../src/websocket/websocket-options.ts';
import { rejection, until } from '../support/until.ts';
import { connect, testContext } from './support/context.ts';

const QUICK = { baseMs: 5, maxDelayMs: 20, stableMs: 0 };
const PATIENT = { ...QUICK, maxAttempts: Number.POSITIVE_INFINITY };
const BY_ID = { id: (message: WebSocketMessage) => message.json<{ id: number }>().id, parameter: 'from' };

async function readAll(connection: WebSocketConnection): Promise<WebSocketMessage[]> {
	const all: WebSocketMessage[] = [];
	for await (const message of connection) all.push(message);
	return all;
}

/** Small, seeded, good enough to drop connections at odd moments (Steele and Vigna's SplitMix, 32 bits). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
}

describe('a feed', () => {
	it('goes on over ten drops at random moments: nothing is missing, nothing comes twice', async () => {
		const seed = Math.floor(Math.random() * 2 ** 32);
		console.log(`seed ${seed}`);
		const random = randomFrom(seed);
		await using server = await startWebSocketServer();
		const events = 500;
		await using connection = await connect(`${server.wsUrl}/feed?from=0`, { reconnect: PATIENT, resumeFrom: BY_ID });
		const dropping = (async () => {
			const drops = new Set<number>();
			while (drops.size < 10) drops.add(Math.floor(random() * events));
			for (let i = 0; i < events; i++) {
				server.publish(i);
				if (drops.has(i)) {
					const opened = server.opened;
					server.drop();
					await until(() => server.opened > opened);
				} else if (random() < 0.1) await new Promise((resolve) => setTimeout(resolve, random() * 3));
			}
		})();
		const ids: number[] = [];
		for await (const message of connection) if (ids.push(Number(message.id)) === events) break;
		await dropping;
		expect(ids).toEqual(Array.from({ length: events }, (_, index) => index + 1));
		expect(server.opened).toBe(11);
		expect(connection.lastId).toBe(events);
	});

	it('goes on when its server is killed and started again on the same port', async () => {
		const first = await startWebSocketServer();
		const events = Array.from({ length: 100 }, (_, index) => `event ${index}`);
		for (const event of events.slice(0, 50)) first.publish(event);
		await using connection = await connect(`${first.wsUrl}/feed?from=0`, { reconnect: PATIENT, resumeFrom: BY_ID });
		const reader = connection[Symbol.asyncIterator]();
		const got: unknown[] = [];
		for (let i = 0; i < 20; i++) got.push((await reader.next()).value?.json());
		await first.close();
		await until(() => connection.state === 'reconnecting');
		await using second: WebSocketServer = await startWebSocketServer({ port: first.port });
		for (const event of events) second.publish(event);
		while (got.length < 100) got.push((await reader.next()).value?.json());
		expect(got).toEqual(events.map((data, index) => ({ id: index + 1, data })));
		expect(second.log.requests[0]?.url).toBe('/feed?from=50');
	});

	it('drops what the server repeats', async () => {
		await using server = await startWebSocketServer();
		server.publish('a');
		server.publish('b');
		const resumeFrom = { id: BY_ID.id, apply: (url: URL) => url.searchParams.set('from', '0') };
		await using connection = await connect(`${server.wsUrl}/feed?from=0`, { reconnect: QUICK, resumeFrom });
		const reader = connection[Symbol.asyncIterator]();
		await reader.next();
		await reader.next();
		server.drop();
		await until(() => server.opened === 2);
		server.publish('c');
		expect((await reader.next()).value?.json()).toEqual({ id: 3, data: 'c' });
	});

	it('starts where an earlier one stopped', async () => {
		await using server = await startWebSocketServer();
		for (const data of ['a', 'b', 'c']) server.publish(data);
		const first = await connect(`${server.wsUrl}/feed?from=0`, { resumeFrom: BY_ID });
		for await (const message of first) if (message.id === 2) break;
		expect(first.lastId).toBe(2);
		const resumeFrom = { ...BY_ID, lastId: first.lastId ?? 0 };
		await using second = await connect(`${server.wsUrl}/feed`, { resumeFrom });
		expect(second.lastId).toBe(2);
		for await (const message of second) {
			expect(message.json()).toEqual({ id: 3, data: 'c' });
			break;
		}
	});

	it('ends with what the id function threw, after what came before', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`, { resumeFrom: BY_ID, reconnect: QUICK });
		await connection.send('{"id":1}');
		await connection.send('no json');
		const reader = connection[Symbol.asyncIterator]();
		expect((await reader.next()).value?.id).toBe(1);
		expect(await rejection(reader.next())).toMatchObject({ reason: 'not-json' });
		await connection.closed;
		expect(server.opened).toBe(1);
	});
});

describe('reconnecting', () => {
	it.each([
		[1000, 1, undefined],
		[1001, 2, undefined],
		[1008, 1, { reason: 'closed', closeCode: 1008 }],
		[1012, 2, undefined],
		[4000, 1, { reason: 'closed', closeCode: 4000 }],
	])('after %i: %i connections', async (code, connections, error) => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`, { reconnect: QUICK });
		const reading = readAll(connection).catch((failure) => failure);
		server.closeAll(code);
		if (connections === 2) {
			await until(() => connection.state === 'open' && server.opened === 2);
			await connection.close();
		}
		const result = await reading;
		if (error === undefined) expect(result).toEqual([]);
		else expect(result).toMatchObject(error);
		expect(server.opened).toBe(connections);
	});

	it('replaces a dead peer', async () => {
		await using server = await startWebSocketServer();
		const errors: unknown[] = [];
		await using connection = await connect(`${server.wsUrl}/feed?from=0`, {
			heartbeatMs: 100,
			reconnect: QUICK,
			resumeFrom: BY_ID,
			onReconnect: ({ error }) => errors.push(error),
		});
		const reader = connection[Symbol.asyncIterator]();
		server.vanish();
		server.publish('for the next connection');
		expect((await reader.next()).value?.json()).toEqual({ id: 1, data: 'for the next connection' });
		expect(errors[0]).toMatchObject({ reason: 'dead-peer' });
	});

	it('gives up after maxAttempts, further and further apart', async () => {
		const server = await startWebSocketServer();
		const events: WebSocketReconnectEvent[] = [];
		await using connection = await connect(`${server.wsUrl}/feed`, {
			reconnect: { ...QUICK, maxAttempts: 3 },
			onReconnect: (event) => events.push(event),
		});
		await server.close();
		const error = await rejection(readAll(connection));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason: 'gave-up', closeCode: 1006, cause: expect.any(ConnectError) });
		expect(String(error)).toContain('could not be kept open in 3 attempts (maxAttempts)');
		expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
		expect(events[0]?.error).toMatchObject({ reason: 'lost' });
		expect(events[1]?.error).toMatchObject({ reason: 'refused' });
		for (const [index, { delayMs }] of events.entries()) expect(delayMs).toBeLessThanOrEqual(5 * 2 ** index);
		expect(connection.state).toBe('closed');
	});

	it('does not count connections that were stable, and does count those that were not', async () => {
		for (const [stableMs, maxAttempts, attempts] of [
			[0, 1, [1, 1, 1]],
			[60_000, 3, [1, 2, 3]],
		] as const) {
			await using server = await startWebSocketServer();
			const seen: number[] = [];
			await using connection = await connect(`${server.wsUrl}/feed`, {
				reconnect: { ...QUICK, stableMs, maxAttempts },
				onReconnect: ({ attempt }) => seen.push(attempt),
			});
			for (let opened = 1; opened <= 3; opened++) {
				await until(() => connection.state === 'open' && server.opened === opened && server.connections === 1);
				server.drop();
				await until(() => seen.length === opened);
			}
			expect(seen).toEqual(attempts);
		}
	});

	it('goes on while the server is busy, and ends when it says no', async () => {
		await using server = await startWebSocketServer();
		const errors: unknown[] = [];
		await using connection = await connect(`${server.wsUrl}/feed`, {
			reconnect: QUICK,
			onReconnect: ({ error }) => {
				errors.push(error);
				if (errors.length === 3) server.refuseNext(1, 403);
			},
		});
		server.refuseNext(2, 503);
		server.drop();
		expect(await rejection(readAll(connection))).toMatchObject({ reason: 'refused-upgrade', status: 403 });
		expect(errors).toMatchObject([{ reason: 'lost' }, { status: 503 }, { status: 503 }]);
	});

	it('is decided by when', async () => {
		await using server = await startWebSocketServer();
		const events: unknown[] = [];
		await using connection = await connect(`${server.wsUrl}/feed`, {
			reconnect: { ...QUICK, when: (event) => events.push(event) < 2 },
		});
		const reading = rejection(readAll(connection));
		server.closeAll(4000, 'first');
		await until(() => server.opened === 2 && connection.state === 'open');
		server.closeAll(4001, 'second');
		expect(await reading).toMatchObject({ reason: 'closed', closeCode: 4001 });
		expect(events).toMatchObject([
			{ closeCode: 4000, attempts: 0 },
			{ closeCode: 4001, attempts: 0 },
		]);
	});

	it('ends with what when throws', async () => {
		await using server = await startWebSocketServer();
		const mistake = new TypeError('a mistake in when');
		const when = (): never => {
			throw mistake;
		};
		await using connection = await connect(`${server.wsUrl}/feed`, { reconnect: { when } });
		server.drop();
		expect(await rejection(readAll(connection))).toBe(mistake);
	});

	it('does not begin with the first connection', async () => {
		const server = await startWebSocketServer();
		await server.close();
		expect(await rejection(connect(`${server.wsUrl}/feed`, { reconnect: PATIENT }))).toBeInstanceOf(ConnectError);
	});
});

describe('what is sent while there is no connection', () => {
	it('waits, behind what onOpen sends, and keeps its order', async () => {
		await using server = await startWebSocketServer();
		const sends: Promise<void>[] = [];
		await using connection = await connect(`${server.wsUrl}/echo`, {
			reconnect: QUICK,
			onReconnect: () => {
				for (const text of ['a', 'b', 'c']) sends.push(connection.send(text));
			},
			onOpen: ({ connection: opened, reconnects }) => void opened.send(`hello ${reconnects}`),
		});
		await until(() => server.received.length === 1);
		server.drop();
		await until(() => server.received.length === 5);
		await Promise.all(sends);
		expect(server.received.map(({ data }) => data)).toEqual(['hello 0', 'hello 1', 'a', 'b', 'c']);
	});

	it('is refused after sendTimeoutMs, or when there will be none', async () => {
		const server = await startWebSocketServer();
		const reconnect = { ...PATIENT, baseMs: 60_000, maxDelayMs: 60_000 };
		await using connection = await connect(`${server.wsUrl}/echo`, { reconnect, sendTimeoutMs: 10 });
		await server.close();
		await until(() => connection.state === 'reconnecting');
		const late = await rejection(connection.send('late'));
		expect(late).toMatchObject({ reason: 'send-timeout' });
		expect(String(late)).toContain('for 10 ms (sendTimeoutMs)');
		await using waiting = await startWebSocketServer();
		const other = await connect(`${waiting.wsUrl}/echo`, { reconnect });
		waiting.drop();
		await until(() => other.state === 'reconnecting');
		const hopeless = rejection(other.send('never'));
		await other.close();
		expect(await hopeless).toMatchObject({ reason: 'closed' });
	});
});

describe('an end from this side', () => {
	const slow = { ...PATIENT, baseMs: 60_000, maxDelayMs: 60_000 };

	it.each(['close', 'terminate'] as const)('by %s, while it waits to reconnect', async (how) => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/feed`, { reconnect: slow });
		const reading = readAll(connection);
		server.drop();
		await until(() => connection.state === 'reconnecting');
		await connection[how]();
		expect(await reading).toEqual([]);
		expect(await connection.closed).toMatchObject({ code: 1006 });
		expect(connection.state).toBe('closed');
	});

	it.each([false, true])('by the signal (reconnecting: %s) is an AbortedError, at once', async (reconnecting) => {
		await using server = await startWebSocketServer();
		const controller = new AbortController();
		const { signal } = controller;
		const connection = await connect(`${server.wsUrl}/feed?from=0`, { reconnect: slow, signal });
		server.publish('unread');
		await new Promise((resolve) => setTimeout(resolve, 50));
		if (reconnecting) {
			server.drop();
			await until(() => connection.state === 'reconnecting');
		}
		controller.abort(new Error('enough'));
		const error = await rejection(connection[Symbol.asyncIterator]().next());
		expect(error).toBeInstanceOf(AbortedError);
		expect(error).toMatchObject({ cause: new Error('enough') });
		expect(await rejection(connection.send('x'))).toMatchObject({ reason: 'closed' });
		await until(() => server.connections === 0);
	});

	it('by the client ends all of its connections', async () => {
		await using server = await startWebSocketServer();
		const client = new AbortController();
		const context = testContext({ signal: client.signal });
		const connections = await Promise.all(
			Array.from({ length: 20 }, () => connectWebSocket(context, `${server.wsUrl}/feed`)),
		);
		client.abort();
		for (const connection of connections) expect(await rejection(readAll(connection))).toBeInstanceOf(AbortedError);
		await until(() => server.connections === 0);
		expect(await rejection(connectWebSocket(context, `${server.wsUrl}/feed`))).toBeInstanceOf(AbortedError);
		expect(server.opened).toBe(20);
	});

	it.each(['close', 'lost', 'refused'])('leaves no listener on the signals: %s', async (how) => {
		await using server = await startWebSocketServer();
		const client = new AbortController();
		const { signal } = new AbortController();
		const context = testContext({ signal: client.signal });
		if (how === 'refused') {
			server.refuseNext(1, 404);
			await rejection(connectWebSocket(context, `${server.wsUrl}/feed`, { signal }));
		} else {
			const connection = await connectWebSocket(context, `${server.wsUrl}/feed`, { signal });
			expect(getEventListeners(signal, 'abort')).toHaveLength(1);
			if (how === 'lost') server.drop();
			else await connection.close();
			await connection.closed;
		}
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
		expect(getEventListeners(client.signal, 'abort')).toHaveLength(0);
	});

	it('before it was open rejects', async () => {
		await using server = await startWebSocketServer();
		const controller = new AbortController();
		const connecting = rejection(connect(`${server.wsUrl}/feed`, { signal: controller.signal }));
		controller.abort();
		expect(await connecting).toBeInstanceOf(AbortedError);
		await until(() => server.connections === 0);
		expect(await rejection(connect(`${server.wsUrl}/feed`, { signal: AbortSignal.abort() }))).toBeInstanceOf(
			AbortedError,
		);
	});

	it('from within onOpen', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/feed`, {
			reconnect: QUICK,
			onOpen: (event) => void event.connection.close(),
		});
		expect(await readAll(connection)).toEqual([]);
		expect(await connection.closed).toMatchObject({ code: 1000 });
	});

	it.each([
		[
			'throws',
			() => {
				throw new Error('a mistake');
			},
		],
		['rejects', async () => Promise.reject(new Error('a mistake'))],
	])('a hook that %s is none: it becomes a warning', async (_, onOpen) => {
		await using server = await startWebSocketServer();
		const warnings: Error[] = [];
		const note = (warning: Error): number => warnings.push(warning);
		process.on('warning', note);
		onTestFinished(() => void process.off('warning', note));
		await using connection = await connect(`${server.wsUrl}/feed`, { onOpen });
		await until(() => warnings.some(({ message }) => message === 'The hook onOpen threw: Error: a mistake'));
		expect(connection.state).toBe('open');
	});
});

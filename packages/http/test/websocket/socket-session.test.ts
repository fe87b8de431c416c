import { malformedFrames, startWebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import type { WebSocketConnection } from '../../src/websocket/connection.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';
import { connect } from './support/context.ts';
import { upgradeAnswer } from './support/upgrade-answer.ts';

/** Reads to the end and counts. */
async function count(connection: WebSocketConnection): Promise<number> {
	let messages = 0;
	for await (const _message of connection) messages += 1;
	return messages;
}

/** Waits until `value` has not changed for a while. */
async function settled(value: () => number): Promise<number> {
	for (let last = -1, rounds = 0; ; rounds++) {
		const now = value();
		if (now === last || rounds === 20) return now;
		last = now;
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
}

describe('a slow reader', () => {
	it('stops the sender, and gets everything in the end', async () => {
		await using server = await startWebSocketServer();
		const messages = 2_000;
		await using connection = await connect(`${server.wsUrl}/flood?bytes=65536&count=${messages}`);
		await until(() => server.flooded > 0);
		// The kernel's buffers hold a few megabytes; the rest stays with the sender.
		expect(await settled(() => server.flooded)).toBeLessThan((messages / 4) * 65_536);
		let next = 0;
		for await (const { data } of connection) {
			expect((data as Buffer).readUInt32BE(0)).toBe(next);
			next += 1;
		}
		expect(next).toBe(messages);
		expect(await connection.closed).toMatchObject({ code: 1000, wasClean: true });
	});

	it('stops a sender of tiny messages too', async () => {
		await using server = await startWebSocketServer();
		const url = `${server.wsUrl}/flood?bytes=0&count=5000`;
		await using connection = await connect(url, { highWaterMarkBytes: 1e9, highWaterMarkMessages: 10 });
		expect(await count(connection)).toBe(5_000);
	});

	it('stops the sender of the next connection as well', async () => {
		await using server = await startWebSocketServer();
		const reconnect = { baseMs: 1, maxDelayMs: 1 };
		await using connection = await connect(`${server.wsUrl}/flood?bytes=65536`, { reconnect });
		await settled(() => server.flooded);
		server.drop();
		// Nothing is read, so only writing tells that the connection is gone.
		while (server.opened === 1) {
			await connection.send('is anybody there?').catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const before = server.flooded;
		expect((await settled(() => server.flooded)) - before).toBeLessThan(500 * 65_536);
	});

	it('is not taken for a dead peer', async () => {
		await using server = await startWebSocketServer();
		const heartbeat = { heartbeatMs: 40, pongTimeoutMs: 400 };
		await using connection = await connect(`${server.wsUrl}/flood?bytes=65536&count=1000`, heartbeat);
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		expect(connection.state).toBe('open');
		// The kernel still takes pings: it is this side that cannot hear the answers.
		expect(server.flooded).toBeLessThan(1_000 * 65_536);
		expect(await count(connection)).toBe(1_000);
	});
});

describe('the heartbeat', () => {
	it('finds a peer that is gone without a word', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`, { heartbeatMs: 50, pongTimeoutMs: 60 });
		server.vanish();
		const error = await rejection(count(connection));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason: 'dead-peer', closeCode: 1006 });
		expect(String(error)).toContain('within 60 ms (pongTimeoutMs)');
		expect(await connection.closed).toEqual({ code: 1006, reason: '', wasClean: false });
	});

	it('finds it while messages are being sent as well', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`, { heartbeatMs: 50 });
		server.vanish();
		const sends = Array.from({ length: 20 }, () => connection.send(Buffer.alloc(1_000_000)).catch((error) => error));
		expect(await rejection(count(connection))).toMatchObject({ reason: 'dead-peer' });
		expect((await Promise.all(sends)).at(-1)).toMatchObject({ reason: 'closed' });
	});

	it('keeps a peer that is silent and answers', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`, { heartbeatMs: 20, pongTimeoutMs: 20_000 });
		await until(() => server.pings >= 5);
		expect(connection.state).toBe('open');
		server.publish(1);
		for await (const message of connection) {
			expect(message.json()).toMatchObject({ data: 1 });
			break;
		}
	});

	it('can be switched off', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`, { heartbeatMs: false, pongTimeoutMs: 1 });
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(server.pings).toBe(0);
		expect(connection.state).toBe('open');
	});
});

it('knows why a connection broke', async () => {
	await using server = await startRawServer((socket, head) => {
		socket.write(upgradeAnswer(head));
		setTimeout(() => socket.resetAndDestroy(), 20);
	});
	await using connection = await connect(server.origin);
	const error = await rejection(count(connection));
	expect(error).toMatchObject({ reason: 'lost', closeCode: 1006, cause: { code: 'ECONNRESET' } });
	expect(String(error)).toContain('lost its connection without a close frame: read ECONNRESET.');
});

describe('what may not be sent to us', () => {
	it.each([
		['masked', 'protocol', 1002],
		['reservedBit', 'protocol', 1002],
		['unknownOpcode', 'protocol', 1002],
		['oversized', 'too-large', 1009],
		['invalidLength', 'too-large', 1009],
		['invalidUtf8', 'protocol', 1007],
		['fragmentedPing', 'protocol', 1002],
		['loneContinuation', 'protocol', 1002],
	] as const)('%s: reason %s, and the server is told %i', async (frame, reason, closeCode) => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`);
		server.sendRaw(malformedFrames[frame]);
		const error = await rejection(count(connection));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason, closeCode });
		expect(await connection.closed).toMatchObject({ code: closeCode, wasClean: false });
		await until(() => server.ends.length === 1);
		expect(server.ends).toEqual([{ code: closeCode, reason: '' }]);
	});

	it('a message in more pieces than anybody needs', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`);
		const pieces = Array.from({ length: 20_000 }, (_, index) => [index === 0 ? 0x01 : 0x00, 1, 0x78]);
		server.sendRaw(Buffer.from(pieces.flat()));
		expect(await rejection(count(connection))).toMatchObject({ reason: 'protocol', closeCode: 1008 });
		await until(() => server.ends.length === 1);
		expect(server.ends[0]).toMatchObject({ code: 1008 });
	});

	it.each([false, true])('a message over maxPayloadBytes (compressed: %s): the limit is named', async (compression) => {
		await using server = await startWebSocketServer({ compression });
		server.publish('x'.repeat(900));
		server.publish('x'.repeat(1_000));
		const options = { maxPayloadBytes: 1_000, compression };
		await using connection = await connect(`${server.wsUrl}/feed?from=0`, options);
		const error = await rejection(count(connection));
		expect(error).toMatchObject({ reason: 'too-large', closeCode: 1009 });
		expect(String(error)).toContain('sent a message of more than 1000 bytes (maxPayloadBytes)');
	});

	it('does not take away what came before', async () => {
		await using server = await startWebSocketServer();
		server.publish('good');
		await using connection = await connect(`${server.wsUrl}/feed?from=0`);
		await until(() => server.connections === 1);
		server.sendRaw(malformedFrames.masked);
		const seen: unknown[] = [];
		const read = async (): Promise<void> => {
			for await (const message of connection.json()) seen.push(message);
		};
		expect(await rejection(read())).toMatchObject({ reason: 'protocol' });
		expect(seen).toEqual([{ id: 1, data: 'good' }]);
	});
});

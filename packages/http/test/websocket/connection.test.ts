import { startWebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import type { WebSocketMessage } from '../../src/websocket/websocket-message.ts';
import { rejection, until } from '../support/until.ts';
import { connect } from './support/context.ts';

/** All messages up to the end of the loop. */
async function readAll(messages: AsyncIterable<WebSocketMessage>): Promise<(string | Buffer)[]> {
	const all: (string | Buffer)[] = [];
	for await (const message of messages) all.push(message.data);
	return all;
}

describe('messages', () => {
	it('go out and come back as text and as bytes, in order', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`);
		await connection.send('täxt');
		await connection.send(Uint8Array.of(1, 2, 3));
		await connection.send(Uint8Array.of(4, 5).buffer);
		await connection.send('');
		await connection.sendJson({ a: [1] });
		const got: WebSocketMessage[] = [];
		for await (const message of connection) if (got.push(message) === 5) break;
		expect(got.map(({ data, isBinary }) => [data, isBinary])).toEqual([
			['täxt', false],
			[Buffer.of(1, 2, 3), true],
			[Buffer.of(4, 5), true],
			['', false],
			['{"a":[1]}', false],
		]);
		expect(got[4]?.json()).toEqual({ a: [1] });
		expect(connection).toMatchObject({ state: 'closed', bufferedAmount: 0, url: `${server.wsUrl}/echo` });
	});

	it('come with the answer to the handshake and are not lost', async () => {
		await using server = await startWebSocketServer();
		for (let i = 1; i <= 20; i++) server.publish(i);
		await using connection = await connect(`${server.wsUrl}/feed?from=0`);
		const ids: number[] = [];
		for await (const { id } of connection.json<{ id: number }>()) if (ids.push(id) === 20) break;
		expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	});

	it('of a megabyte, compressed', async () => {
		await using server = await startWebSocketServer({ compression: true });
		await using connection = await connect(`${server.wsUrl}/echo`, { compression: true });
		expect(server.log.requests.at(-1)?.headers['sec-websocket-extensions']).toContain('permessage-deflate');
		const text = 'lorem ipsum '.repeat(90_000);
		void connection.send(text);
		for await (const message of connection) {
			expect(message.data).toBe(text);
			break;
		}
	});

	it('are not compressed unless asked', async () => {
		await using server = await startWebSocketServer({ compression: true });
		await using connection = await connect(`${server.wsUrl}/echo`);
		expect(connection.state).toBe('open');
		expect(server.log.requests.at(-1)?.headers).not.toHaveProperty('sec-websocket-extensions');
	});

	it.each([[undefined], [12], [{}], [[1]], [null]])('%j cannot be sent', async (data) => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`);
		expect(await rejection(connection.send(data as unknown as string))).toBeInstanceOf(InvalidRequestError);
		expect(await rejection(connection.sendJson(() => data))).toBeInstanceOf(InvalidRequestError);
	});
});

describe('the end of the loop', () => {
	it('is normal when the server closes with 1000, after all that came before', async () => {
		await using server = await startWebSocketServer();
		for (let i = 1; i <= 3; i++) server.publish(i);
		await using connection = await connect(`${server.wsUrl}/feed?from=0`);
		server.closeAll(1000, 'all sent');
		expect(await readAll(connection)).toHaveLength(3);
		expect(await connection.closed).toEqual({ code: 1000, reason: 'all sent', wasClean: true });
		expect(await readAll(connection)).toEqual([]);
	});

	it('is normal for a close frame without a code', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`);
		server.sendRaw(Uint8Array.of(0x88, 0x00));
		expect(await readAll(connection)).toEqual([]);
		expect(await connection.closed).toMatchObject({ code: 1005, wasClean: true });
	});

	it.each([1001, 1008, 1011, 3000, 4123])('is an error when the server closes with %i', async (code) => {
		await using server = await startWebSocketServer();
		server.publish('before');
		await using connection = await connect(`${server.wsUrl}/feed?from=0`);
		server.closeAll(code, 'bad luck');
		const seen: string[] = [];
		const error = await rejection(
			(async () => {
				for await (const message of connection) seen.push(message.text());
			})(),
		);
		expect(seen).toHaveLength(1);
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({
			code: 'ORB_HTTP_WEBSOCKET',
			reason: 'closed',
			closeCode: code,
			closeReason: 'bad luck',
			url: `${server.wsUrl}/feed?from=0`,
		});
		expect(String(error)).toMatch(new RegExp(`closed by the server with ${code}.*: bad luck`));
		expect(await rejection(readAll(connection))).toBe(error);
		expect(await connection.closed).toEqual({ code, reason: 'bad luck', wasClean: true });
	});

	it('is an error when the connection breaks', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/feed`);
		server.drop();
		expect(await rejection(readAll(connection))).toMatchObject({ reason: 'lost', closeCode: 1006 });
		expect(await connection.closed).toEqual({ code: 1006, reason: '', wasClean: false });
	});

	it('closes the connection when the loop is left', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/feed?from=0`);
		server.publish(1);
		for await (const message of connection) {
			expect(message.json()).toEqual({ id: 1, data: 1 });
			break;
		}
		expect(connection.state).toBe('closed');
		await until(() => server.connections === 0);
		expect(server.ends).toEqual([{ code: 1000, reason: '' }]);
	});

	it('comes at once to a reader that waits while another part closes', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/feed`);
		const reading = readAll(connection);
		expect(await connection.close(4001, 'enough')).toEqual({ code: 4001, reason: 'enough', wasClean: true });
		expect(await reading).toEqual([]);
		expect(server.ends).toEqual([{ code: 4001, reason: 'enough' }]);
		expect(await connection.close()).toMatchObject({ code: 4001 });
	});
});

describe('close', () => {
	it('waits for the goodbye that lies behind unread messages', async () => {
		await using server = await startWebSocketServer();
		const url = `${server.wsUrl}/flood?bytes=65536&count=50`;
		const connection = await connect(url, { closeTimeoutMs: 25_000, highWaterMarkBytes: 1 });
		await until(() => server.flooded > 0);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(await connection.close()).toMatchObject({ code: 1000, wasClean: true });
	});

	it('drops what was not read', async () => {
		await using server = await startWebSocketServer();
		server.publish(1);
		server.publish(2);
		const connection = await connect(`${server.wsUrl}/feed?from=0`);
		await connection[Symbol.asyncIterator]().next();
		await new Promise((resolve) => setTimeout(resolve, 50));
		await connection.close();
		expect(await readAll(connection)).toEqual([]);
	});

	it('is patient for closeTimeoutMs, whatever the heartbeat', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/echo`, { heartbeatMs: 10, closeTimeoutMs: 25_000 });
		server.vanish();
		const closing = connection.close();
		await new Promise((resolve) => setTimeout(resolve, 200));
		server.appear();
		expect(await closing).toEqual({ code: 1000, reason: '', wasClean: true });
	});

	it('cuts off a peer that says no goodbye', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/echo`, { closeTimeoutMs: 50 });
		server.vanish();
		expect(await connection.close()).toEqual({ code: 1006, reason: '', wasClean: false });
		expect(connection.state).toBe('closed');
	});

	it('refuses codes and reasons that may not be sent, and stays open', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`);
		expect(await rejection(connection.close(1001))).toBeInstanceOf(InvalidRequestError);
		expect(await rejection(connection.close(1000, 'x'.repeat(124)))).toBeInstanceOf(InvalidRequestError);
		expect(connection.state).toBe('open');
	});

	it('at once: terminate', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/echo`);
		const reading = readAll(connection);
		connection.terminate();
		expect(await reading).toEqual([]);
		expect(await connection.closed).toEqual({ code: 1006, reason: '', wasClean: false });
		await until(() => server.ends.length === 1);
		expect(server.ends[0]).toMatchObject({ code: 1006 });
	});

	it('makes every later send fail', async () => {
		await using server = await startWebSocketServer();
		const connection = await connect(`${server.wsUrl}/echo`);
		await connection.close();
		const error = await rejection(connection.send('late'));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason: 'closed', closeCode: 1000 });
		expect(await rejection(connection.sendJson('late'))).toMatchObject({ reason: 'closed' });
	});
});

describe('send', () => {
	it('settles when the connection breaks under it', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`);
		server.vanish();
		const sends = Array.from({ length: 30 }, () => connection.send(Buffer.alloc(1_000_000)).catch((error) => error));
		expect(connection.bufferedAmount).toBeGreaterThan(0);
		connection.terminate();
		const results = await Promise.all(sends);
		expect(results.at(-1)).toBeInstanceOf(WebSocketError);
		expect(results.at(-1)).toMatchObject({ reason: 'closed' });
	});

	it('waits for a peer that does not read', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`);
		server.vanish();
		let sent = 0;
		const sending = (async () => {
			for (; sent < 30; sent++) await connection.send(Buffer.alloc(1_000_000));
		})();
		await until(() => connection.bufferedAmount > 0);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(sent).toBeLessThan(30);
		expect(connection.bufferedAmount).toBeLessThan(2_000_000);
		server.appear();
		const reading = (async () => {
			let read = 0;
			for await (const message of connection) {
				expect(message.data).toHaveLength(1_000_000);
				if (++read === 30) break;
			}
			return read;
		})();
		await sending;
		expect(await reading).toBe(30);
	});
});

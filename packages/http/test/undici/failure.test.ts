import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectError, ConnectionLostError, HttpClient, ProtocolError } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const HEAD = 'HTTP/1.1 200 OK\r\n';

/** A port of 127.0.0.1 that nobody listens on. */
async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return address.port;
}

describe('no response at all is a ConnectError', () => {
	it.each(['127.0.0.1', 'localhost'])('refused by %s', async (host) => {
		await using client = new HttpClient();
		const url = `http://${host}:${await freePort()}/`;
		const error = await rejection(client.read(url));
		expect(error).toBeInstanceOf(ConnectError);
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'refused', method: 'GET', url });
		expect(String(error)).toContain(`GET ${url} got no response: `);
		expect(error).toHaveProperty('cause.code', 'ECONNREFUSED');
	});

	it('reset', async () => {
		await using server = await startRawServer((socket) => socket.resetAndDestroy());
		await using client = new HttpClient();
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(ConnectError);
		expect(error).toMatchObject({ reason: 'reset' });
	});

	it('hung up on, and on a new connection it is not asked again', async () => {
		await using server = await startRawServer((socket) => socket.end());
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toMatchObject({ reason: 'closed' });
		expect(server.requests).toHaveLength(1);
	});

	it('keeps no password in the message', async () => {
		await using client = new HttpClient();
		const error = await rejection(client.read(`http://user:secret@127.0.0.1:${await freePort()}/`));
		expect(JSON.stringify(error) + String(error)).not.toContain('secret');
	});
});

describe('a response cut short is a ConnectionLostError', () => {
	it.each([
		['in the status line', 'HTTP/1.1 2'],
		['in the headers', `${HEAD}Content-Length: 5\r\n`],
		['before its Content-Length', `${HEAD}Content-Length: 100\r\n\r\nhalf`],
		['before the length it closes with', `${HEAD}Connection: close\r\nContent-Length: 100\r\n\r\nhalf`],
		['in a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n64\r\nhalf`],
		['before the last chunk', `${HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`],
	])('%s', async (_name, bytes) => {
		await using server = await startRawServer((socket) => socket.end(bytes));
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ConnectionLostError);
		expect(server.requests).toHaveLength(1);
	});

	it('by a reset', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: 100\r\n\r\nhalf`);
			setTimeout(() => socket.resetAndDestroy(), 50);
		});
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ConnectionLostError);
	});
});

describe('what is not HTTP is a ProtocolError', () => {
	it.each([
		['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
		['a bad chunk size', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\nbody\r\n0\r\n\r\n`],
		['two lengths', `${HEAD}Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!`],
		['length and chunks', `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
		['a header without a colon', `${HEAD}nonsense\r\n\r\n`],
		['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
	])('%s', async (_name, bytes) => {
		await using server = await startRawServer((socket) => socket.write(bytes));
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ProtocolError);
		await until(() => server.open === 0);
	});
});

it('takes no more than the Content-Length, and gives that connection up', async () => {
	await using server = await startRawServer((socket) => {
		socket.write(Buffer.concat([response('body'), Buffer.from('and a little more')]));
	});
	await using client = new HttpClient();
	expect((await client.read(server.origin)).body.toString()).toBe('body');
	expect((await client.read(server.origin)).body.toString()).toBe('body');
	expect(server.accepted).toBe(2);
});

import { createServer as createTlsServer } from 'node:https';
import { connect as netConnect, type Socket } from 'node:net';
import { startWebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import {
	AbortedError,
	ConnectError,
	HeadersTooLargeError,
	InvalidRequestError,
	ProtocolError,
	TimeoutError,
	TlsError,
} from '../../src/errors.ts';
import { DEFAULT_TIMEOUTS } from '../../src/timeouts.ts';
import { connectWebSocket } from '../../src/websocket/connect-websocket.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';
import { connect, testContext } from './support/context.ts';
import { upgradeAnswer } from './support/upgrade-answer.ts';

const wsOf = (server: { readonly origin: string }): string => server.origin.replace('http', 'ws');

describe('no usable answer', () => {
	it('refused', async () => {
		const server = await startRawServer(() => undefined);
		await server[Symbol.asyncDispose]();
		for (const host of ['127.0.0.1', 'localhost']) {
			const url = `ws://${host}:${server.port}/`;
			const error = await rejection(connect(url));
			expect(error).toBeInstanceOf(ConnectError);
			expect(error).toMatchObject({ reason: 'refused', method: 'GET', url });
		}
	});

	it.each([
		['hung up on', (socket: Socket) => socket.end(), ConnectError, { reason: 'closed' }],
		['reset', (socket: Socket) => socket.resetAndDestroy(), ConnectError, { reason: 'reset' }],
		['another protocol', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), ProtocolError, {}],
		[
			'too many headers',
			(socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(5_000)}\r\n\r\n`),
			HeadersTooLargeError,
			{ limitBytes: 4_096 },
		],
	] as const)('%s', async (_name, answer, type, details) => {
		await using server = await startRawServer((socket) => void answer(socket));
		const error = await rejection(connectWebSocket(testContext({ maxHeaderBytes: 4_096 }), wsOf(server)));
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject(details);
		await until(() => server.open === 0);
	});

	it.each(['', 'HTTP/1.1 101 Switching Pro'])('nothing more than "%s": a TimeoutError', async (bytes) => {
		await using server = await startRawServer((socket) => void socket.write(bytes));
		const error = await rejection(connect(wsOf(server), { timeouts: { connectMs: 100 } }));
		expect(error).toBeInstanceOf(TimeoutError);
		expect(error).toMatchObject({ phase: 'connect', limitMs: 100 });
		await until(() => server.open === 0);
	});

	it('bytes that trickle do not put the timeout off', async () => {
		await using server = await startRawServer((socket) => {
			socket.write('HTTP/1.1 101 Switching Protocols\r\nX-Filler: ');
			const timer = setInterval(() => socket.write('x'), 10);
			socket.on('close', () => clearInterval(timer));
		});
		expect(await rejection(connect(wsOf(server), { timeouts: { connectMs: 200 } }))).toBeInstanceOf(TimeoutError);
		await until(() => server.open === 0);
	});

	it('the timeout is for the handshake alone', async () => {
		await using server = await startWebSocketServer();
		await using connection = await connect(`${server.wsUrl}/echo`, { timeouts: { connectMs: 1_500, totalMs: 1_500 } });
		await new Promise((resolve) => setTimeout(resolve, 1_700));
		expect(connection.state).toBe('open');
	});

	it('the signal ends the wait', async () => {
		await using server = await startRawServer(() => undefined);
		const controller = new AbortController();
		const connecting = rejection(connect(wsOf(server), { signal: controller.signal }));
		await until(() => server.requests.length === 1);
		controller.abort();
		expect(await connecting).toBeInstanceOf(AbortedError);
		await until(() => server.open === 0);
	});
});

describe('a wrong handshake', () => {
	it.each([
		['of another key', () => upgradeAnswer('Sec-WebSocket-Key: other'), 'Sec-WebSocket-Accept'],
		['to another protocol', (head: string) => upgradeAnswer(head).replace('websocket', 'h2c'), 'Upgrade'],
		['with a subprotocol', (head: string) => upgradeAnswer(head, 'Sec-WebSocket-Protocol: chat\r\n'), 'subprotocol'],
		['with an extension', (head: string) => upgradeAnswer(head, 'Sec-WebSocket-Extensions: x\r\n'), 'extension'],
	])('%s', async (_name, answer, detail) => {
		await using server = await startRawServer((socket, head) => void socket.write(answer(head)));
		const error = await rejection(connect(wsOf(server)));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason: 'handshake', status: undefined });
		expect(String(error)).toContain(detail);
		await until(() => server.open === 0);
	});

	it('with another subprotocol than offered, or none', async () => {
		await using server = await startWebSocketServer({ subprotocols: ['feed.v2'] });
		const error = await rejection(connect(`${server.wsUrl}/echo`, { protocols: ['feed.v1'] }));
		expect(error).toMatchObject({ reason: 'handshake' });
		await using connection = await connect(`${server.wsUrl}/echo`, { protocols: ['feed.v3', 'feed.v2'] });
		expect(connection.protocol).toBe('feed.v2');
		await connection.close();
		expect(connection.protocol).toBe('feed.v2');
	});
});

it('reads what comes in one packet with the answer', async () => {
	await using server = await startRawServer((socket, head) => {
		socket.end(
			Buffer.concat([Buffer.from(upgradeAnswer(head)), Buffer.from('81026869', 'hex'), Buffer.from('880203e8', 'hex')]),
		);
	});
	await using connection = await connect(wsOf(server));
	const texts: string[] = [];
	for await (const message of connection) texts.push(message.text());
	expect(texts).toEqual(['hi']);
	expect(await connection.closed).toMatchObject({ code: 1000, wasClean: true });
});

it('counts the bytes of a message that is not whole as a sign of life', async () => {
	await using server = await startRawServer((socket, head) => {
		socket.write(Buffer.concat([Buffer.from(upgradeAnswer(head)), Buffer.of(0x82, 40)]));
		let sent = 0;
		const timer = setInterval(() => {
			socket.write('x');
			if (++sent === 40) clearInterval(timer);
		}, 25);
	});
	await using connection = await connect(wsOf(server), { heartbeatMs: 400, closeTimeoutMs: 10 });
	for await (const message of connection) {
		expect(message.text()).toBe('x'.repeat(40));
		break;
	}
});

it('refuses a header that cannot be sent', async () => {
	const error = await rejection(connect('ws://127.0.0.1:1/', { headers: { 'x-name': 'sn\u2603w' } }));
	expect(error).toBeInstanceOf(InvalidRequestError);
	expect(await rejection(connect('ws://127.0.0.1:1/', { headers: { 'x name': 'a' } }))).toBeInstanceOf(
		InvalidRequestError,
	);
});

describe('wss:', () => {
	async function startSecureEcho(certificate: { key: string; cert: string }): Promise<number> {
		const server = createTlsServer(certificate);
		const upgrader = new WebSocketServer({ server });
		upgrader.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(async () => {
			for (const socket of upgrader.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		});
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The server has no port.');
		return address.port;
	}

	it('trusts what it is told to, and nobody else', async () => {
		const certificate = selfSignedCertificate();
		const port = await startSecureEcho(certificate);
		const error = await rejection(connect(`wss://127.0.0.1:${port}/`));
		expect(error).toBeInstanceOf(TlsError);
		expect(error).toMatchObject({ url: `wss://127.0.0.1:${port}/` });
		for (const host of ['127.0.0.1', 'localhost']) {
			const context = testContext({ tlsOptions: () => ({ ca: certificate.cert }) });
			await using connection = await connectWebSocket(context, `https://${host}:${port}/`, {
				heartbeatMs: 30,
				pongTimeoutMs: 20_000,
			});
			await connection.send('secret');
			for await (const message of connection) {
				expect(message.text()).toBe('secret');
				break;
			}
		}
	});

	it('asks checkServerIdentity', async () => {
		const certificate = selfSignedCertificate();
		const port = await startSecureEcho(certificate);
		const asked: string[] = [];
		const context = testContext({
			tlsOptions: () => ({
				ca: certificate.cert,
				checkServerIdentity: (host) => {
					asked.push(host);
					return Object.assign(new Error('not the pinned key'), { code: 'ERR_TLS_PIN_MISMATCH' });
				},
			}),
		});
		const error = await rejection(connectWebSocket(context, `wss://127.0.0.1:${port}/`));
		expect(error).toBeInstanceOf(TlsError);
		expect(asked).toEqual(['127.0.0.1']);
	});

	it('speaks through a tunnel', async () => {
		const certificate = selfSignedCertificate();
		const port = await startSecureEcho(certificate);
		const asked: string[] = [];
		const context = testContext({
			tlsOptions: () => ({ ca: certificate.cert }),
			tunnel: async (url) => {
				asked.push(url.href);
				return netConnect(port, '127.0.0.1');
			},
		});
		await using connection = await connectWebSocket(context, `wss://localhost:${port}/path`);
		await connection.send('through');
		for await (const message of connection) {
			expect(message.text()).toBe('through');
			break;
		}
		expect(asked).toEqual([`https://localhost:${port}/path`]);
	});
});

describe('a tunnel', () => {
	it('that fails is what connecting fails with', async () => {
		const label = { method: 'GET', url: 'ws://localhost/' };
		const failure = new ConnectError(label, 'proxy', 'the proxy said no.', undefined);
		const context = testContext({ tunnel: () => Promise.reject(failure) });
		expect(await rejection(connectWebSocket(context, 'ws://localhost/'))).toBe(failure);
	});

	it('that takes too long is left', async () => {
		const signals: AbortSignal[] = [];
		const context = testContext({
			timeouts: { ...DEFAULT_TIMEOUTS, connectMs: 50 },
			tunnel: (_url, signal) => {
				signals.push(signal);
				return new Promise(() => undefined);
			},
		});
		const error = await rejection(connectWebSocket(context, 'ws://localhost/'));
		expect(error).toBeInstanceOf(TimeoutError);
		expect(signals[0]?.reason).toBe(error);
	});

	it('that comes too late is closed', async () => {
		await using server = await startRawServer(() => undefined);
		const context = testContext({
			timeouts: { ...DEFAULT_TIMEOUTS, connectMs: 20 },
			tunnel: (_url, signal) =>
				new Promise((resolve) => {
					signal.addEventListener('abort', () => setTimeout(() => resolve(netConnect(server.port, '127.0.0.1')), 20));
				}),
		});
		expect(await rejection(connectWebSocket(context, 'ws://localhost/'))).toBeInstanceOf(TimeoutError);
		await until(() => server.accepted === 1 && server.open === 0);
	});
});

it('asks the lookup for names', async () => {
	await using server = await startWebSocketServer();
	const asked: string[] = [];
	const context = testContext({
		lookup: (host, _options, done) => {
			asked.push(host);
			done(null, [{ address: '127.0.0.1', family: 4 }]);
		},
	});
	const url = `ws://feed.example:${new URL(server.url).port}/echo`;
	await using connection = await connectWebSocket(context, url);
	expect(connection.state).toBe('open');
	expect(asked).toEqual(['feed.example']);
});

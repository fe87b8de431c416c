import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectError, ConnectionLostError, ProtocolError } from '../../src/errors.ts';
import { HttpClient } from '../../src/http-client.ts';
import { classify } from '../../src/undici/failure.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startHttpsServer } from '../support/https-server.ts';
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
		await using client = new HttpClient({ retry: false });
		const url = `http://${host}:${await freePort()}/`;
		const error = await rejection(client.read(url));
		expect(error).toBeInstanceOf(ConnectError);
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'refused', method: 'GET', url });
		expect(String(error)).toContain(`GET ${url} got no response: `);
		expect(error).toHaveProperty('cause.code', 'ECONNREFUSED');
	});

	it('reset', async () => {
		await using server = await startRawServer((socket) => socket.resetAndDestroy());
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(ConnectError);
		expect(error).toMatchObject({ reason: 'reset' });
	});

	it('hung up on, and on a new connection it is not asked again', async () => {
		await using server = await startRawServer((socket) => socket.end());
		await using client = new HttpClient({ retry: false });
		expect(await rejection(client.read(server.origin))).toMatchObject({ reason: 'closed' });
		expect(server.requests).toHaveLength(1);
	});

	it('a name that does not resolve', async () => {
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read('http://shop.invalid/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'dns', cause: { hostname: 'shop.invalid' } });
	});

	it('reset in the midst of the TLS handshake', async () => {
		await using server = await startRawServer(() => undefined, {
			onConnection: (socket) => socket.once('data', () => socket.resetAndDestroy()),
		});
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read(server.origin.replace('http', 'https')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'reset' });
	});

	it('http: on a port where TLS is spoken', async () => {
		await using server = await startHttpsServer(certificateAuthority().issue());
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read(server.origin.replace('https', 'http')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: expect.stringMatching(/^(?:closed|reset)$/) });
	});

	it('keeps no password in the message', async () => {
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read(`http://user:secret@127.0.0.1:${await freePort()}/`));
		expect(JSON.stringify(error) + String(error)).not.toContain('secret');
	});
});

describe('https: on a port where nobody speaks TLS is a TlsError', () => {
	it.each([
		['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
		['SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
	])('but %s', async (_name, bytes) => {
		await using server = await startRawServer(() => undefined, {
			onConnection: (socket) => socket.once('data', () => socket.end(bytes)),
		});
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.read(server.origin.replace('http', 'https')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TLS' });
		expect(String(error)).toContain('the server does not speak TLS on this port; is it an http: URL?');
	});
});

describe('classify', () => {
	const point = { responseBegan: false, headersEnded: false, connectMs: 5, maxHeaderBytes: 6 };
	const request = { method: 'GET', url: 'https://shop.example/' };
	const withCode = (code: string, more: object = {}): Error => Object.assign(new Error('why'), { code, ...more });

	it.each([
		['UND_ERR_CONNECT_TIMEOUT', { code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 5 }],
		['ETIMEDOUT', { code: 'ORB_HTTP_TIMEOUT', phase: 'connect' }],
		['UND_ERR_HEADERS_OVERFLOW', { code: 'ORB_HTTP_HEADERS_TOO_LARGE', limitBytes: 6 }],
		['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { code: 'ORB_HTTP_TLS' }],
		['EHOSTUNREACH', { code: 'ORB_HTTP_CONNECT', reason: 'unreachable' }],
		['ENETUNREACH', { code: 'ORB_HTTP_CONNECT', reason: 'unreachable' }],
		['EAI_AGAIN', { code: 'ORB_HTTP_CONNECT', reason: 'dns' }],
		['EAI_FAIL', { code: 'ORB_HTTP_CONNECT', reason: 'dns' }],
		['ORB_PROXY', { code: 'ORB_HTTP_CONNECT', reason: 'proxy' }],
		['ERR_HTTP2_STREAM_ERROR', { code: 'ORB_HTTP_CONNECT', reason: 'reset' }],
		['UND_ERR_INFO', { code: 'ORB_HTTP_CONNECT', reason: 'closed' }],
		['ERR_STREAM_PREMATURE_CLOSE', { code: 'ORB_HTTP_CONNECT', reason: 'reset' }],
		['WHATEVER', { code: 'ORB_HTTP_CONNECT', reason: 'other' }],
	])('%s before a response', (code, expected) => {
		expect(classify(withCode(code), request, point)).toMatchObject({ ...expected, ...request, cause: { code } });
	});

	it.each([
		'ETIMEDOUT',
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ECONNRESET',
		'ERR_HTTP2_STREAM_ERROR',
		'UND_ERR_INFO',
	])('%s within a response is a ConnectionLostError', (code) => {
		expect(classify(withCode(code), request, { ...point, responseBegan: true })).toBeInstanceOf(ConnectionLostError);
	});

	it('HTTP/2 not kept to is a ProtocolError, before and within a response', () => {
		const violation = withCode('ERR_HTTP2_STREAM_ERROR', { http2ErrorCode: 1 });
		for (const responseBegan of [false, true]) {
			expect(classify(violation, request, { ...point, responseBegan })).toBeInstanceOf(ProtocolError);
		}
	});

	it('leaves what is classified as it is', () => {
		const error = new ConnectError(request, 'other', 'why.', undefined);
		expect(classify(error, request, point)).toBe(error);
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
		await using client = new HttpClient({ retry: false });
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ConnectionLostError);
		expect(server.requests).toHaveLength(1);
	});

	it('by a reset', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: 100\r\n\r\nhalf`);
			setTimeout(() => socket.resetAndDestroy(), 50);
		});
		await using client = new HttpClient({ retry: false });
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ConnectionLostError);
	});

	it('by a reset, where only the end of the connection ends it', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(`${HEAD}\r\nhalf`);
			if (head.startsWith('GET /whole')) socket.end();
			else setTimeout(() => socket.resetAndDestroy(), 50);
		});
		await using client = new HttpClient({ retry: false });
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ConnectionLostError);
		expect((await client.read(`${server.origin}/whole`)).body.toString()).toBe('half');
	});
});

it('a body that is longer or shorter than its Content-Length is not sent twice', async () => {
	await using server = await startRawServer(() => undefined);
	await using client = new HttpClient({ retry: { limit: 2, baseMs: 1 } });
	async function* body() {
		yield 'four';
	}
	for (const length of ['3', '5']) {
		const error = await rejection(client.put(server.origin, { body, headers: { 'content-length': length } }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST' });
	}
	expect(server.requests.length).toBeLessThanOrEqual(2);
});

describe('what is not HTTP is a ProtocolError', () => {
	it.each([
		['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
		['a bad chunk size', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\nbody\r\n0\r\n\r\n`],
		['two lengths', `${HEAD}Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!`],
		['length and chunks', `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
		['a header without a colon', `${HEAD}nonsense\r\n\r\n`],
		['a status that cannot be', 'HTTP/1.1 099 Early\r\nContent-Length: 0\r\n\r\n'],
		['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
	])('%s', async (_name, bytes) => {
		await using server = await startRawServer((socket) => socket.write(bytes));
		await using client = new HttpClient({ retry: false });
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(ProtocolError);
		await until(() => server.open === 0);
	});
});

it('takes no more than the Content-Length, and gives that connection up', async () => {
	await using server = await startRawServer((socket) => {
		socket.write(Buffer.concat([response('body'), Buffer.from('and a little more')]));
	});
	await using client = new HttpClient({ retry: false });
	expect((await client.read(server.origin)).body.toString()).toBe('body');
	expect((await client.read(server.origin)).body.toString()).toBe('body');
	expect(server.accepted).toBe(2);
});

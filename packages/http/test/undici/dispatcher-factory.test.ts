import { createServer as createPlain, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/index.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const certificate = selfSignedCertificate();
const seen: string[] = [];
const EXPECTED = `Basic ${btoa('user:secret')}`;

/** A proxy that forwards http: itself ("by proxy") and tunnels the rest, for those who know the password. */
const proxy: Server = createPlain((request, answer) => {
	seen.push(`${request.method} ${request.url}`);
	if (request.headers['proxy-authorization'] !== EXPECTED) answer.statusCode = 407;
	answer.end(`by proxy: ${request.headers['x-list']}`);
});
proxy.on('connect', (request: IncomingMessage, client: Socket) => {
	seen.push(`CONNECT ${request.url}`);
	if (request.headers['proxy-authorization'] !== EXPECTED) {
		client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		return;
	}
	const target = new URL(`http://${request.url}`);
	const upstream = connect(Number(target.port), target.hostname, () => {
		client.write('HTTP/1.1 200 Connection established\r\n\r\n');
		upstream.pipe(client).pipe(upstream);
	});
	for (const socket of [upstream, client]) socket.on('error', () => upstream.destroy());
});
const secure: Server = createSecure(certificate, (_request, answer) => answer.end('secured'));

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const proxyUrl = (userInfo: string): string => `http://${userInfo}@127.0.0.1:${portOf(proxy)}`;

beforeAll(async () => {
	for (const server of [proxy, secure]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
	for (const server of [proxy, secure]) {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	}
});

describe('a proxy', () => {
	it('forwards http:, for the client or for one call', async () => {
		await using client = new HttpClient({ proxyUrl: proxyUrl('user:secret') });
		const page = await client.read('http://shop.invalid/a?b', { headers: { 'X-List': ['1', '2'] } });
		expect(page.body.toString()).toBe('by proxy: 1, 2');
		expect(page.url).toBe('http://shop.invalid/a?b');
		expect(seen).toContain('GET http://shop.invalid/a?b');

		await using direct = new HttpClient();
		await using server = await startRawServer((socket) => socket.write(response('direct')));
		expect((await direct.read(server.origin)).body.toString()).toBe('direct');
		const proxied = await direct.read(server.origin, { proxyUrl: proxyUrl('user:secret') });
		expect(proxied.body.toString()).toMatch(/^by proxy/);
	});

	it('tunnels https:, whose certificate is verified', async () => {
		const url = `https://127.0.0.1:${portOf(secure)}/`;
		await using trusting = new HttpClient({ proxyUrl: proxyUrl('user:secret'), tls: { ca: certificate.cert } });
		expect((await trusting.read(url)).body.toString()).toBe('secured');
		expect(seen).toContain(`CONNECT 127.0.0.1:${portOf(secure)}`);
		await using client = new HttpClient({ proxyUrl: proxyUrl('user:secret') });
		expect(await rejection(client.read(url))).toMatchObject({ code: 'ORB_HTTP_TLS' });
	});

	it.each(['http://shop.invalid/', 'https://shop.invalid/'])('that refuses %s is a ConnectError', async (url) => {
		await using client = new HttpClient({ proxyUrl: proxyUrl('user:wrong') });
		const error = await rejection(client.read(url));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy' });
		expect(String(error)).not.toContain('wrong');
		await until(() => client.stats.running === 0);
	});

	it('that opens no way in time is a TimeoutError, and its connection is closed', async () => {
		await using silent = await startRawServer(() => undefined);
		await using client = new HttpClient({ proxyUrl: silent.origin, timeouts: { connectMs: 120 } });
		const error = await rejection(client.read('https://shop.invalid/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 120 });
		await until(() => silent.open === 0);
	});

	it('that cannot be reached is a ConnectError', async () => {
		await using client = new HttpClient({ proxyUrl: 'http://127.0.0.1:1' });
		for (const url of ['http://shop.invalid/', 'https://shop.invalid/']) {
			expect(await rejection(client.read(url))).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'refused' });
		}
	});
});

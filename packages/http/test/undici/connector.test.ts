import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient, TlsError } from '../../src/index.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

describe('TLS', () => {
	const certificate = selfSignedCertificate();
	let server: Server;
	let origin = '';

	beforeAll(async () => {
		server = createServer(certificate, (_request, answer) => answer.end('secured'));
		await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
		origin = `https://localhost:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => new Promise((resolve) => server.close(resolve)));

	it('refuses a certificate that nobody vouches for', async () => {
		await using client = new HttpClient();
		const error = await rejection(client.read(origin));
		expect(error).toBeInstanceOf(TlsError);
		expect(error).toHaveProperty('cause.code', 'DEPTH_ZERO_SELF_SIGNED_CERT');
	});

	it('accepts it as a root of its own, for the names it holds', async () => {
		await using client = new HttpClient({ tls: { ca: certificate.cert } });
		expect((await client.read(origin)).body.toString()).toBe('secured');
		expect((await client.read(origin.replace('localhost', '127.0.0.1'))).body.toString()).toBe('secured');
		const error = await rejection(client.read(origin.replace('localhost', '127.0.0.2')));
		expect(error).toBeInstanceOf(TlsError);
		expect(error).toHaveProperty('cause.code', 'ERR_TLS_CERT_ALTNAME_INVALID');
	});

	it('accepts anything when told so', async () => {
		await using client = new HttpClient({ tls: { rejectUnauthorized: false } });
		expect((await client.read(origin)).status).toBe(200);
	});

	it('refuses a server that does not speak it', async () => {
		await using plain = await startRawServer(() => undefined, { onConnection: (socket) => socket.end('hello\r\n') });
		await using client = new HttpClient();
		expect(await rejection(client.read(plain.origin.replace('http', 'https')))).toBeInstanceOf(TlsError);
	});
});

describe('connectMs', () => {
	it('ends a handshake that never comes, exactly below a second, and the connection', async () => {
		await using silent = await startRawServer(() => undefined);
		await using client = new HttpClient({ timeouts: { connectMs: 120 } });
		const before = performance.now();
		const error = await rejection(client.read(silent.origin.replace('http', 'https')));
		const took = performance.now() - before;
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 120 });
		expect(took).toBeGreaterThanOrEqual(119);
		expect(took).toBeLessThan(600);
		await until(() => silent.open === 0 && client.stats.pools === 0);
	});

	it('may be longer than any timer', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using client = new HttpClient({ timeouts: { connectMs: 2 ** 40, totalMs: Number.POSITIVE_INFINITY } });
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

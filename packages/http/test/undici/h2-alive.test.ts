import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startRawH2Server } from '../support/raw-h2-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();
const tls = { ca: authority.cert };

describe('a connection on which a request was given up', () => {
	it('is dropped when it does not answer any more, with all that waits for it', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			if (stream === 1) {
				connection.headers(stream);
				connection.data(stream, 'page', true);
			} else if (server.accepted === 1) connection.socket.pause();
			else {
				connection.headers(stream);
				connection.data(stream, 'elsewhere', true);
			}
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		await client.read(server.origin);
		const waiting = rejection(client.read(server.origin, { method: 'POST', body: 'x' }));
		const givenUp = await rejection(client.read(server.origin, { timeouts: { headersMs: 50 } }));
		expect(givenUp).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'headers' });
		expect(await waiting).toMatchObject({ code: 'ORB_HTTP_CONNECT' });
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.accepted).toBe(2);
	});

	it('stays when it answers', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			if (stream === 3) return;
			connection.headers(stream);
			connection.data(stream, 'page', true);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		await client.read(server.origin);
		await rejection(client.read(server.origin, { timeouts: { headersMs: 50 } }));
		await until(() => server.pings > 0);
		expect((await client.read(server.origin)).body.toString()).toBe('page');
		expect(server.accepted).toBe(1);
	});
});

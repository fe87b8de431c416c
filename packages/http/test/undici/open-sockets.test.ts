import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { OpenSockets } from '../../src/undici/open-sockets.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startRawH2Server } from '../support/raw-h2-server.ts';
import { startRawServer } from '../support/raw-server.ts';
import { until } from '../support/until.ts';

describe('closeAll', () => {
	it('closes what is open, and only then is done', async () => {
		await using server = await startRawServer(() => undefined);
		const sockets = new OpenSockets();
		const [first, second] = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
		sockets.add(first);
		sockets.add(second);
		await until(() => server.open === 2);
		first.destroy();
		await sockets.closeAll();
		expect([first.closed, second.closed]).toEqual([true, true]);
	});

	it('has nothing to do for what has closed', async () => {
		await using server = await startRawServer(() => undefined);
		const sockets = new OpenSockets();
		const socket = connect(server.port, '127.0.0.1');
		sockets.add(socket);
		await new Promise((resolve) => {
			socket.on('close', resolve);
			socket.destroy();
		});
		await sockets.closeAll();
		await sockets.closeAll();
	});
});

describe('a connection whose server says GOAWAY and does not close it', () => {
	const authority = certificateAuthority();
	const certified = authority.issue();

	it.each(['close', 'destroy'] as const)('does not outlive %s()', async (end) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			if (server.accepted === 1) {
				connection.goAway(stream, 0);
				connection.headers(stream);
				connection.data(stream, 'half');
			} else {
				connection.headers(stream);
				connection.data(stream, 'page', true);
			}
		});
		const client = new HttpClient({ http2: true, tls: { ca: authority.cert }, retry: false });
		const half = await client.get(server.origin);
		await client.read(server.origin);
		expect(server.accepted).toBe(2);
		half.discard();
		await client[end]();
		await until(() => server.open === 0);
	});

	it('goes when nobody needs it any more', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			connection.goAway(stream, 0);
			connection.data(stream, 'page', true);
		});
		await using client = new HttpClient({ http2: true, tls: { ca: authority.cert }, retry: false });
		await client.read(server.origin);
		await until(() => server.open === 0);
		expect(client.stats).toMatchObject({ pools: 0, connections: 0 });
	});
});

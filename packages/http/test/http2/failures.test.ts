import { describe, expect, it } from 'vitest';
import { HttpClient, type HttpClientOptions } from '../../src/index.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startH2Server } from '../support/h2-server.ts';
import { startRawH2Server } from '../support/raw-h2-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();
const speaking = (options: HttpClientOptions = {}) =>
	new HttpClient({ http2: true, tls: { ca: authority.cert }, retry: false, ...options });

describe('one stream ends, the others of its connection go on', () => {
	const startSlow = () =>
		startH2Server({ certified }, (request, answer) => {
			if (request.url === '/slow') answer.write('x'.repeat(2_000));
			else setTimeout(() => answer.end('page'), 100);
		});

	it.each<[string, (client: HttpClient, url: string) => Promise<unknown>, string]>([
		['an abort', (client, url) => client.read(url, { signal: AbortSignal.timeout(30) }), 'ORB_HTTP_ABORTED'],
		['a timeout', (client, url) => client.read(url, { timeouts: { readMs: 30 } }), 'ORB_HTTP_TIMEOUT'],
		['a limit', (client, url) => client.read(url, { maxBodyBytes: 1_000 }), 'ORB_HTTP_BODY_TOO_LARGE'],
	])('by %s', async (_name, ask, code) => {
		await using server = await startSlow();
		await using client = speaking();
		await client.read(server.origin); // The connection is there, and used.
		const slow = rejection(ask(client, `${server.origin}/slow`));
		const others = await Promise.all(Array.from({ length: 5 }, () => client.read(server.origin)));
		expect(await slow).toMatchObject({ code });
		expect(others.map(({ body }) => body.toString())).toEqual(Array(5).fill('page'));
		expect(server.accepted).toBe(1);
		await until(() => client.stats.running === 0);
	});

	it('and the server learns that nobody listens', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			connection.data(stream, 'half');
		});
		await using client = speaking();
		const abort = new AbortController();
		const reading = rejection(client.read(server.origin, { signal: abort.signal }));
		await until(() => server.requests.length === 1);
		abort.abort();
		expect(await reading).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => server.resets.length === 1);
		expect(server.open).toBe(1);
	});
});

describe('a stream is reset by the server', () => {
	it.each([
		['INTERNAL_ERROR', 2, 'ORB_HTTP_CONNECTION_LOST'],
		['REFUSED_STREAM', 7, 'ORB_HTTP_CONNECTION_LOST'],
		['ENHANCE_YOUR_CALM', 11, 'ORB_HTTP_CONNECTION_LOST'],
		['PROTOCOL_ERROR', 1, 'ORB_HTTP_PROTOCOL'],
	])('in its body with %s', async (_name, reset, code) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			connection.data(stream, 'half');
			connection.reset(stream, reset);
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code });
		expect(server.requests).toHaveLength(1);
	});

	it('before its headers: a ConnectError, which may be tried again', async () => {
		let asked = 0;
		await using server = await startRawH2Server(certified, (stream, connection) => {
			asked += 1;
			if (asked === 1) connection.reset(stream, 2);
			else {
				connection.headers(stream);
				connection.data(stream, 'page', true);
			}
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'reset' });
		expect((await client.read(server.origin)).body.toString()).toBe('page');
		expect(server.accepted).toBe(1);
	});

	it('shorter than its Content-Length', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream, { 'content-length': '100' });
			connection.data(stream, 'half', true);
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
	});

	it('that wants HTTP/1.1 for it', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => connection.reset(stream, 13));
		await using client = speaking();
		expect(String(await rejection(client.read(server.origin)))).toContain('the server wants HTTP/1.1 for it');
	});
});

describe('a server that says GOAWAY', () => {
	it('finishes what it has begun; what follows goes elsewhere', async () => {
		await using server = await startH2Server({ certified }, (request, answer) => {
			if (request.url === '/first') request.stream.session?.goaway(0);
			setTimeout(() => answer.end('page'), 50);
		});
		await using client = speaking();
		const [first, second] = await Promise.all([client.read(`${server.origin}/first`), client.read(server.origin)]);
		expect([first.status, second.status]).toEqual([200, 200]);
		expect((await client.read(server.origin)).status).toBe(200);
		// What had not begun has a connection of its own, and does not share that of what follows.
		expect(server.accepted).toBeLessThanOrEqual(3);
	});

	it('and takes long for what it has begun: what follows does not wait for that', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			if (server.accepted === 1) connection.goAway(stream, 0);
			connection.headers(stream);
			connection.data(stream, 'page', server.accepted > 1);
		});
		await using client = speaking();
		const first = await client.get(server.origin);
		for (let i = 0; i < 3; i++) expect((await client.read(server.origin)).body.toString()).toBe('page');
		expect(server.accepted).toBe(2);
		first.discard();
	});

	it('is asked again elsewhere for what it did not begin, even a POST', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			if (server.accepted === 1) connection.goAway(0, 0);
			else {
				connection.headers(stream);
				connection.data(stream, 'page', true);
			}
		});
		await using client = speaking();
		let sent = 0;
		const page = await client.read(server.origin, { method: 'POST', body: 'x', onSent: () => (sent += 1) });
		expect(page.body.toString()).toBe('page');
		expect(sent).toBe(2);
	});

	it('every time is a ConnectError in the end', async () => {
		await using server = await startRawH2Server(certified, (_stream, connection) => connection.goAway(0, 0));
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'closed' });
		expect(server.accepted).toBe(2);
	});

	it('in the midst of a body and leaves: the body is cut off', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			connection.data(stream, 'half');
			setTimeout(() => {
				connection.goAway(stream, 0);
				connection.socket.end();
			}, 20);
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		await until(() => client.stats.connections === 0);
	});
});

describe('a connection that ends', () => {
	it('while it is idle is replaced', async () => {
		await using server = await startH2Server({ certified }, (_request, answer) => answer.end('page'));
		await using client = speaking();
		await client.read(server.origin);
		server.sessions[0]?.close();
		await until(() => client.stats.pools === 0);
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.accepted).toBe(2);
	});

	it('under a GET before any answer is replaced once; under a POST it is an error', async () => {
		let asked = 0;
		await using server = await startH2Server({ certified }, (request, answer) => {
			asked += 1;
			if (asked % 2 === 0) request.stream.session?.socket.destroy();
			else answer.end('page');
		});
		await using client = speaking();
		await client.read(server.origin); // 1
		expect((await client.read(server.origin)).status).toBe(200); // 2, and 3 on a new connection
		const error = await rejection(client.read(server.origin, { method: 'POST', body: 'x' })); // 4
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT' });
		expect(asked).toBe(4);
	});
});

describe('a connection that broke', () => {
	it.each(['GET', 'POST'])('is not used for a %s at that very moment', async (method) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			// A frame of a stream that there is not.
			if (server.accepted === 1) connection.data(stream + 98, 'stray');
			connection.headers(stream);
			connection.data(stream, 'page', true);
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_PROTOCOL' });
		const pages = await Promise.all(Array.from({ length: 3 }, () => client.read(server.origin, { method })));
		expect(pages.map(({ body }) => body.toString())).toEqual(Array(3).fill('page'));
		expect(server.accepted).toBe(2);
	});
});

describe('what is not HTTP/2', () => {
	it('is a ProtocolError', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream, { 'X-Upper': 'case' });
			connection.data(stream, 'page', true);
		});
		await using client = speaking();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_PROTOCOL' });
	});

	it('must not be asked for: fields that HTTP/1.1 alone has', async () => {
		await using server = await startH2Server({ certified }, (_request, answer) => answer.end('page'));
		await using client = speaking();
		const error = await rejection(client.read(server.origin, { headers: { TE: 'gzip' } }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST' });
		expect(String(error)).toContain('The header "TE" is about the connection');
		expect(server.accepted).toBe(0);
	});
});

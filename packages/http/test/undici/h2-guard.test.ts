import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import type { RequestOptions } from '../../src/request-options.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { type RawH2Connection, startRawH2Server } from '../support/raw-h2-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();
const tls = { ca: authority.cert };
const [NO_ERROR, CANCEL] = [0, 8];

describe('a stream that the server resets before its end is cut off', () => {
	it.each([
		['NO_ERROR', NO_ERROR, 0],
		['CANCEL', CANCEL, 0],
		['NO_ERROR, later', NO_ERROR, 30],
		['CANCEL, later', CANCEL, 30],
	])('with %s', async (_name, code, delayMs) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			connection.data(stream, 'half');
			setTimeout(() => connection.reset(stream, code), delayMs);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		const error = await rejection(client.read(server.origin));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST', cause: { code: 'ERR_HTTP2_STREAM_ERROR' } });
		expect(String(error)).toContain('was cut off: the server reset the stream before its end.');
	});

	it.each([NO_ERROR, CANCEL])('with %i, while its reader takes his time and the stream is paused', async (code) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			for (let i = 0; i < 12; i++) connection.data(stream, 'h'.repeat(16_000));
			connection.reset(stream, code);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		const answer = await client.get(server.origin);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await rejection(answer.bytes())).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
	});

	it.each([NO_ERROR, CANCEL])('and with %i before its headers there was no response', async (code) => {
		await using server = await startRawH2Server(certified, (stream, connection) => connection.reset(stream, code));
		await using client = new HttpClient({ http2: true, tls, retry: false });
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'reset' });
	});
});

describe('a stream that is given up is reset, while its request', () => {
	async function* halting() {
		yield 'half';
		await new Promise(() => undefined);
	}

	// A window has 65,535 bytes, and the server takes no more until it says so.
	it.each<[string, NonNullable<RequestOptions['body']>]>([
		['waits for room, written at once', Buffer.alloc(200_000)],
		['waits for room, in pieces', Buffer.alloc(400_000)],
		['waits for its source', halting()],
	])('%s', async (_name, body) => {
		let connection: RawH2Connection | undefined;
		await using server = await startRawH2Server(certified, (stream, itsConnection) => {
			connection = itsConnection;
			if (stream === 1) return;
			connection.headers(stream);
			connection.data(stream, 'page', true);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		const abort = new AbortController();
		const putting = rejection(client.put(server.origin, { body, signal: abort.signal }));
		await until(() => connection !== undefined);
		abort.abort();
		expect(await putting).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => server.resets.length > 0);
		expect(server.resets).toEqual([{ stream: 1, code: CANCEL }]);
		connection?.makeRoom(1, 1_000_000);
		expect((await client.read(server.origin)).body.toString()).toBe('page');
		expect(server.accepted).toBe(1);
	});
});

it("an answer to a stream that was given up is nobody's, and does no harm when the connection breaks", async () => {
	await using server = await startRawH2Server(certified, (stream, connection) => {
		if (stream === 1) return;
		connection.headers(1);
		connection.data(1, 'half');
		connection.headers(stream);
		connection.data(stream, 'page', true);
		setTimeout(() => connection.socket.end(), 20);
	});
	await using client = new HttpClient({ http2: true, tls, retry: false });
	const abort = new AbortController();
	const posting = rejection(client.post(server.origin, { body: Buffer.alloc(200_000), signal: abort.signal }));
	await until(() => server.requests.length === 1);
	abort.abort();
	expect(await posting).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
	expect((await client.read(server.origin)).body.toString()).toBe('page');
	await until(() => client.stats.connections === 0);
});

describe('a stream is whole', () => {
	it.each<[string, (stream: number, connection: RawH2Connection) => void]>([
		['when its end came', (stream, connection) => connection.data(stream, 'page', true)],
		[
			'when it is reset after its end, because the rest of the request is not wanted',
			(stream, connection) => {
				connection.data(stream, 'page', true);
				connection.reset(stream, NO_ERROR);
			},
		],
	])('%s', async (_name, finish) => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream);
			finish(stream, connection);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false });
		expect((await client.read(server.origin, { method: 'POST', body: 'x' })).body.toString()).toBe('page');
		expect(server.accepted).toBe(1);
	});
});

describe('headers', () => {
	it('over maxHeaderBytes are an error; the connection and its other streams live on', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream, { 'x-filler': 'f'.repeat(stream === 1 ? 2_000 : 100) });
			connection.data(stream, 'page', true);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false, maxHeaderBytes: 1_024 });
		const error = await rejection(client.read(server.origin));
		expect(error).toMatchObject({ code: 'ORB_HTTP_HEADERS_TOO_LARGE', limitBytes: 1_024 });
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.accepted).toBe(1);
	});

	it('of the allowed size are handed out, each value of a repeated one', async () => {
		await using server = await startRawH2Server(certified, (stream, connection) => {
			connection.headers(stream, { 'x-filler': 'f'.repeat(900), 'set-cookie': 'a=1' });
			connection.data(stream, 'page', true);
		});
		await using client = new HttpClient({ http2: true, tls, retry: false, maxHeaderBytes: 1_024 });
		const { headers } = await client.read(server.origin);
		expect(headers['x-filler']).toHaveLength(900);
		expect(headers['set-cookie']).toEqual(['a=1']);
	});
});

it('the streams of others in the process are left alone', async () => {
	await using guarded = new HttpClient({ http2: true, tls });
	expect(guarded.stats.connections).toBe(0);
	await using server = await startRawH2Server(certified, (stream, connection) => {
		connection.headers(stream);
		connection.data(stream, 'half');
		connection.reset(stream, CANCEL);
	});
	const session = connect(server.origin, { ca: authority.cert });
	const events: string[] = [];
	await new Promise<void>((resolve) => {
		const stream = session.request({ ':path': '/' });
		stream.on('error', () => events.push('error'));
		stream.on('end', () => events.push('end'));
		stream.on('close', resolve);
		stream.resume();
	});
	session.destroy();
	expect(events).toEqual(['end']);
});

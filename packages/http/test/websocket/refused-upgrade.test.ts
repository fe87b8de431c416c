import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';
import { connect } from './support/context.ts';

/** What connecting rejects with when the server answers so; by then, or soon, no connection is left. */
async function refusal(answer: string | Buffer | ((socket: Socket) => void)): Promise<WebSocketError> {
	await using server = await startRawServer((socket) => {
		if (typeof answer === 'function') answer(socket);
		else socket.write(answer);
	});
	const error = await rejection(connect(`${server.origin.replace('http', 'ws')}/feed`));
	await until(() => server.open === 0);
	if (error instanceof WebSocketError) return error;
	throw error;
}

it.each([
	['404 Not Found', 404],
	['200 OK', 200],
	['503 Service Unavailable', 503],
])('%s', async (line, status) => {
	const error = await refusal(response('no such\r\n\tfeed\n', '', line));
	expect(error).toMatchObject({ reason: 'refused-upgrade', status, excerpt: 'no such feed', closeCode: undefined });
	expect(error.message).toMatch(
		new RegExp(`^GET ws://127.0.0.1:\\d+/feed answered ${line} instead of opening a WebSocket: no such feed$`),
	);
});

describe('the excerpt', () => {
	it('is short, whatever the body', async () => {
		const { excerpt } = await refusal(response('x'.repeat(100_000), '', '400 Bad Request'));
		expect(excerpt).toBe('x'.repeat(200));
	});

	it('does not wait for a body that never ends', async () => {
		const error = await refusal((socket) => {
			socket.write('HTTP/1.1 500 Oh No\r\nContent-Length: 1000\r\n\r\nfirst words');
		});
		expect(error).toMatchObject({ status: 500, excerpt: 'first words' });
	});

	it('does without a body that is cut off, encoded or empty', async () => {
		const cut = (socket: Socket): void => void socket.end('HTTP/1.1 500 Oh No\r\nContent-Length: 1000\r\n\r\npart');
		expect(await refusal(cut)).toMatchObject({ status: 500, excerpt: 'part' });
		const encoded = response('\x1f\x8b...', 'Content-Encoding: gzip\r\n', '403 Forbidden');
		expect(await refusal(encoded)).toMatchObject({ status: 403, excerpt: '' });
		expect((await refusal(response('', '', '403 Forbidden'))).message).toMatch(/opening a WebSocket$/);
	});
});

describe('a redirect', () => {
	it.each([
		['/elsewhere', /a redirect to ws:\/\/127.0.0.1:\d+\/elsewhere: connect to that yourself/],
		['https://me:secret@other.example/feed', /a redirect to https:\/\/other.example\/feed:/],
		['http://[', /a redirect to a place that is no URL/],
	])('to %s is not followed, but named', async (location, message) => {
		const error = await refusal(response('moved', `Location: ${location}\r\n`, '302 Found'));
		expect(error).toMatchObject({ reason: 'refused-upgrade', status: 302 });
		expect(error.message).toMatch(message);
		expect(error.message).not.toContain('secret');
	});
});

it('hands on Retry-After', async () => {
	const busy = response('', 'Retry-After: 7\r\n', '503 Service Unavailable');
	expect(await refusal(busy)).toMatchObject({ status: 503, retryAfterMs: 7_000 });
	expect(await refusal(response('', '', '429 Too Many'))).toMatchObject({ retryAfterMs: undefined });
});

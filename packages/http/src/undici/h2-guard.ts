import { subscribe } from 'node:diagnostics_channel';
import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import type { Connector } from './connector.ts';
import { checkAlive } from './h2-alive.ts';

/**
 * `connect`, with what undici (8.12) does not check of HTTP/2: a stream that the server resets with NO_ERROR or CANCEL
 * before its end is not whole (undici reports it as complete; RFC 9113 §8.1 wants END_STREAM), headers have a limit, and
 * a connection on which a stream was given up has to show that it is alive.
 *
 * undici keeps its sessions to itself. Node announces every stream of the process, so the sockets that are to be watched
 * are marked.
 */
export function guarded(connect: Connector, maxHeaderBytes: number): Connector {
	watchStreams();
	return (options, callback) =>
		connect(options, (error, socket) => {
			if (error !== null) {
				callback(error, null);
				return;
			}
			Object.defineProperty(socket, GUARDED, { value: { socket, maxHeaderBytes } satisfies Guarded });
			callback(null, socket);
		});
}

/** Marks a socket, and says what is needed to guard its streams. */
const GUARDED = Symbol('guarded');

interface Guarded {
	readonly socket: Socket;
	readonly maxHeaderBytes: number;
}

let watching = false;

function watchStreams(): void {
	if (watching) return;
	watching = true;
	subscribe('http2.client.stream.created', (message) => {
		const { stream } = message as { stream: ClientHttp2Stream };
		// A session hands out a stand-in for its socket that has the properties of the socket.
		const { session } = stream;
		// A session that fails over this very stream has neither a socket nor the stream any more.
		if (session === undefined || session.destroyed) return;
		const guarded: Guarded | undefined = Reflect.get(session.socket, GUARDED);
		if (guarded === undefined) return;
		// Also to errors of streams that nobody listens to any more: they would end the process.
		stream.on('error', () => undefined);
		resetAtOnce(stream);
		limitHeaders(stream, guarded.maxHeaderBytes);
		expectEnd(stream, () => checkAlive(session, guarded.socket));
	});
}

/**
 * undici gives a stream up with `close()` and then destroys it. While the request is still being written, Node (24) never
 * sends the reset then: it either waits for the rest of the request or comes after the destruction. nghttp2 keeps the
 * stream. It goes on asking Node, where it is gone, for the rest, and as soon as the server has room for it writes empty
 * frames without an end, in a loop that holds up the process and takes all memory; an answer to it becomes a stream of
 * which undici does not know. An abort resets at once, with CANCEL (RFC 9113 §7).
 */
function resetAtOnce(stream: ClientHttp2Stream): void {
	const { close } = stream;
	stream.close = (code, callback) => {
		// Node itself closes with CANCEL what is left on a socket that has closed.
		if (code === constants.NGHTTP2_CANCEL || stream.closed || stream.destroyed) close.call(stream, code, callback);
		else addAbortSignal(GIVEN_UP, stream);
	};
}

const GIVEN_UP = AbortSignal.abort();

function limitHeaders(stream: ClientHttp2Stream, limit: number): void {
	stream.prependListener('response', (headers) => {
		if (headerBytes(headers) > limit) fail(stream, 'UND_ERR_HEADERS_OVERFLOW', 'the headers are too large');
	});
}

function headerBytes(headers: IncomingHttpHeaders): number {
	return Object.entries(headers).reduce(
		(bytes, [name, value = '']) => [value].flat().reduce((sum, each) => sum + name.length + String(each).length, bytes),
		0,
	);
}

/**
 * Node ends the readable side of a stream when END_STREAM arrives and, so that readers need not wait for ever, also when
 * the stream was closed without one. Later the two look the same; in the moment it happens only the second is closed.
 */
function expectEnd(stream: ClientHttp2Stream, onEarlyEnd: () => void): void {
	const { push } = stream;
	let ended = false;
	stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
		if (chunk === null && !ended) {
			ended = true;
			// Other codes are errors of Node's own.
			if (stream.closed && QUIET.has(stream.rstCode)) {
				// Node is in the middle of closing the stream; its "end" comes after this.
				process.nextTick(fail, stream, 'ERR_HTTP2_STREAM_ERROR', 'the server reset the stream before its end');
				// It may as well have been given up on this side, because nothing came.
				onEarlyEnd();
			}
		}
		return push.call(stream, chunk, encoding);
	};
}

const QUIET: ReadonlySet<number | undefined> = new Set([constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL]);

function fail(stream: ClientHttp2Stream, code: string, message: string): void {
	stream.emit('error', Object.assign(new Error(message), { code }));
}

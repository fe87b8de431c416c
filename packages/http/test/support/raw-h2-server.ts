import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Certified } from './certificate.ts';

/** A server that speaks HTTP/2 frame by frame (RFC 9113), and so can break off where node:http2 would finish politely. */
export interface RawH2Server extends AsyncDisposable {
	readonly origin: string;
	/** TLS connections accepted so far, and those still open. */
	readonly accepted: number;
	readonly open: number;
	/** Stream ids of the requests of all connections, in the order they came. */
	readonly requests: readonly number[];
	/** Pings of the client that were answered. */
	readonly pings: number;
	/** Streams that the client reset, with the code it gave. */
	readonly resets: readonly { readonly stream: number; readonly code: number }[];
}

/** One connection of it. */
export interface RawH2Connection {
	readonly socket: TLSSocket;
	/** Status 200, and these header fields. */
	headers(stream: number, fields?: Readonly<Record<string, string>>): void;
	data(stream: number, bytes: string, end?: boolean): void;
	reset(stream: number, code: number): void;
	goAway(lastStream: number, code: number): void;
	/** Takes this many bytes more, of the stream and of the connection. */
	makeRoom(stream: number, bytes: number): void;
}

const TYPE = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goAway: 7, window: 8, continuation: 9 };
const END_STREAM = 0x1;
const END_HEADERS = 0x4;
const ACK = 0x1;
const PREFACE_BYTES = 24;
const FRAME_BYTES = 16_384;

/** `answer` is called for each request, when its headers are there. */
export async function startRawH2Server(
	certified: Certified,
	answer: (stream: number, connection: RawH2Connection) => void,
): Promise<RawH2Server> {
	const sockets = new Set<TLSSocket>();
	const requests: number[] = [];
	const resets: { stream: number; code: number }[] = [];
	let accepted = 0;
	let pings = 0;
	const server = createServer({ ...certified, ALPNProtocols: ['h2'] }, (socket) => {
		accepted += 1;
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => undefined);
		const connection = connectionOver(socket);
		let received = Buffer.alloc(0);
		let skip = PREFACE_BYTES;
		socket.write(frame(TYPE.settings, 0, 0));
		socket.on('data', (chunk) => {
			received = Buffer.concat([received, chunk]);
			if (skip > 0 && received.length >= skip) {
				received = received.subarray(skip);
				skip = 0;
			}
			while (skip === 0 && received.length >= 9 && received.length >= 9 + received.readUIntBE(0, 3)) {
				const payload = received.subarray(9, 9 + received.readUIntBE(0, 3));
				const [type, flags, stream] = [received[3] ?? 0, received[4] ?? 0, received.readUInt32BE(5) & 0x7fffffff];
				received = received.subarray(9 + payload.length);
				if (type === TYPE.settings && (flags & ACK) === 0) socket.write(frame(TYPE.settings, ACK, 0));
				if (type === TYPE.ping && (flags & ACK) === 0) {
					pings += 1;
					socket.write(frame(TYPE.ping, ACK, 0, payload));
				}
				if (type === TYPE.reset) resets.push({ stream, code: payload.readUInt32BE(0) });
				if (type === TYPE.headers) {
					requests.push(stream);
					answer(stream, connection);
				}
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `https://localhost:${(server.address() as AddressInfo).port}`,
		requests,
		resets,
		get accepted() {
			return accepted;
		},
		get pings() {
			return pings;
		},
		get open() {
			return sockets.size;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function connectionOver(socket: TLSSocket): RawH2Connection {
	return {
		socket,
		headers(stream, fields = {}) {
			const block = Buffer.concat([Buffer.from([0x88]), ...Object.entries(fields).map(literal)]);
			for (let at = 0; at === 0 || at < block.length; at += FRAME_BYTES) {
				const last = at + FRAME_BYTES >= block.length ? END_HEADERS : 0;
				const type = at === 0 ? TYPE.headers : TYPE.continuation;
				socket.write(frame(type, last, stream, block.subarray(at, at + FRAME_BYTES)));
			}
		},
		data: (stream, bytes, end = false) =>
			socket.write(frame(TYPE.data, end ? END_STREAM : 0, stream, Buffer.from(bytes))),
		reset: (stream, code) => socket.write(frame(TYPE.reset, 0, stream, uint32(code))),
		goAway: (lastStream, code) =>
			socket.write(frame(TYPE.goAway, 0, 0, Buffer.concat([uint32(lastStream), uint32(code)]))),
		makeRoom(stream, bytes) {
			for (const id of [0, stream]) socket.write(frame(TYPE.window, 0, id, uint32(bytes)));
		},
	};
}

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
	const head = Buffer.alloc(9);
	head.writeUIntBE(payload.length, 0, 3);
	head.writeUInt8(type, 3);
	head.writeUInt8(flags, 4);
	head.writeUInt32BE(stream, 5);
	return Buffer.concat([head, payload]);
}

/** A header field without indexing and without Huffman coding (RFC 7541 §6.2.2). */
function literal([name, value]: [string, string]): Buffer {
	return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

function text(value: string): Buffer {
	const bytes = Buffer.from(value);
	if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
	const rest = bytes.length - 127;
	const digits: number[] = [127];
	let left = rest;
	for (; left >= 128; left >>= 7) digits.push((left & 127) | 128);
	return Buffer.concat([Buffer.from([...digits, left]), bytes]);
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

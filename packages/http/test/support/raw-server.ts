import { createServer, type Server, type Socket } from 'node:net';

/** A TCP server on loopback that answers each request head with bytes of the test's choice. */
export interface RawServer extends AsyncDisposable {
	readonly origin: string;
	readonly port: number;
	/** Request heads in the order they came. */
	readonly requests: string[];
	/** Connections accepted so far, and those still open. */
	readonly accepted: number;
	readonly open: number;
	/** Bytes of responses on connections that are over. */
	readonly sentBytes: number;
	/** Bytes that this side has handed to its sockets, open or not. */
	readonly writtenBytes: number;
}

/** `answer` is called once for each complete request head (bodies are not looked at). */
export async function startRawServer(
	answer: (socket: Socket, head: string) => void,
	options: { host?: string; onConnection?: (socket: Socket) => void } = {},
): Promise<RawServer> {
	const host = options.host ?? '127.0.0.1';
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	let accepted = 0;
	let sentBytes = 0;
	const server: Server = createServer((socket) => {
		accepted += 1;
		sockets.add(socket);
		let received = '';
		socket.on('error', () => undefined);
		socket.on('close', () => {
			sockets.delete(socket);
			sentBytes += socket.bytesWritten;
		});
		options.onConnection?.(socket);
		socket.on('data', (chunk) => {
			received += chunk.toString('latin1');
			for (let end = received.indexOf('\r\n\r\n'); end !== -1; end = received.indexOf('\r\n\r\n')) {
				const head = received.slice(0, end);
				received = received.slice(end + 4);
				requests.push(head);
				answer(socket, head);
			}
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, host, resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return {
		origin: `http://${host}:${address.port}`,
		port: address.port,
		requests,
		get accepted() {
			return accepted;
		},
		get open() {
			return sockets.size;
		},
		get sentBytes() {
			return sentBytes;
		},
		get writtenBytes() {
			return [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentBytes);
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** A response with a Content-Length that fits. */
export function response(body: string | Buffer, headers = '', status = '200 OK'): Buffer {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	return Buffer.concat([
		Buffer.from(`HTTP/1.1 ${status}\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`, 'latin1'),
		bytes,
	]);
}

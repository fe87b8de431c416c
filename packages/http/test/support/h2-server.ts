import {
	createSecureServer,
	type Http2ServerRequest,
	type Http2ServerResponse,
	type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Certified } from './certificate.ts';

/** An HTTP/2 server on loopback, over TLS. */
export interface H2Server extends AsyncDisposable {
	readonly origin: string;
	/** Sessions in the order they came, those that have ended included. */
	readonly sessions: readonly ServerHttp2Session[];
	/** TLS connections accepted so far. */
	readonly accepted: number;
	/** Connections still open. */
	readonly open: number;
	/** Method, path and protocol version of each request in the order they came. */
	readonly requests: readonly string[];
}

export interface H2ServerOptions {
	readonly certified: Certified;
	/** Settings such as `maxConcurrentStreams`. */
	readonly settings?: { readonly maxConcurrentStreams?: number; readonly maxHeaderListSize?: number };
	/** Whether to take HTTP/1.1 from those who do not offer HTTP/2. */
	readonly allowHTTP1?: boolean;
}

/** `answer` is called for each request; what it throws ends the server's test, so it should not. */
export async function startH2Server(
	options: H2ServerOptions,
	answer: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
): Promise<H2Server> {
	const { certified, settings = {}, allowHTTP1 = false } = options;
	const sessions: ServerHttp2Session[] = [];
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	let accepted = 0;
	const server = createSecureServer({ ...certified, settings, allowHTTP1 }, (request, response) => {
		requests.push(`${request.method} ${request.url} ${request.httpVersion}`);
		request.on('error', () => undefined);
		response.on('error', () => undefined);
		response.stream?.on('error', () => undefined);
		answer(request, response);
	});
	server.on('session', (session) => {
		sessions.push(session);
		session.on('error', () => undefined);
	});
	server.on('secureConnection', () => {
		accepted += 1;
	});
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `https://localhost:${(server.address() as AddressInfo).port}`,
		sessions,
		requests,
		get accepted() {
			return accepted;
		},
		get open() {
			return sockets.size;
		},
		async [Symbol.asyncDispose]() {
			for (const session of sessions) session.destroy();
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

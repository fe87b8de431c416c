import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Handler } from './handler.ts';
import { isLoopback } from './loopback.ts';
import { requestListener } from './request-listener.ts';
import type { RequestLog } from './request-log.ts';

/** Where a server listens. */
export interface ListenOptions {
	/** 0, the default, takes a free port. */
	readonly port?: number;
	/** A loopback name or address, `127.0.0.1` by default; anything else is refused. */
	readonly hostname?: string;
}

/** A server that listens, and the way to end it. */
export interface Listening {
	/** The origin, without a trailing slash: `http://127.0.0.1:41234`. */
	readonly url: string;
	readonly port: number;
	/** Stops listening and cuts every connection, answered or not. May be called twice. */
	close(): Promise<void>;
	/** The same as `close`, for `await using`. */
	[Symbol.asyncDispose](): Promise<void>;
}

/** Answers a request to upgrade its connection, at once, and returns the status that it answered with. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => number;

/**
 * Starts one HTTP server whose requests go into all of `logs`.
 *
 * @param onUpgrade without it a request to upgrade is a request like any other.
 * @throws {RangeError} if `hostname` is not loopback: a test server must never be seen from outside.
 */
export async function listen(
	handler: Handler,
	logs: readonly RequestLog[],
	{ port = 0, hostname = '127.0.0.1' }: ListenOptions = {},
	onUpgrade?: UpgradeHandler,
): Promise<Listening> {
	if (!isLoopback(hostname)) {
		throw new RangeError(`hostname must be loopback (127.x.y.z, ::1 or localhost), got ${JSON.stringify(hostname)}`);
	}
	const server = createServer(requestListener(handler, logs));
	// A connection closed by an idle timer races with the client's next request and makes tests fail now and then.
	server.keepAliveTimeout = 0;
	if (onUpgrade !== undefined) {
		server.on('upgrade', (request, socket, head) => {
			const ends = logs.map((log) => log.begin(request));
			const status = onUpgrade(request, socket, head);
			for (const end of ends) end(status);
		});
	}
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, hostname, resolve);
	});
	const address = server.address() as AddressInfo;
	let closed: Promise<void> | undefined;
	const close = (): Promise<void> => {
		closed ??= stop(server, sockets);
		return closed;
	};
	const host = hostname.includes(':') ? `[${hostname}]` : hostname;
	return { url: `http://${host}:${address.port}`, port: address.port, close, [Symbol.asyncDispose]: close };
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
	const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
	// The server may report its end before the sockets report theirs, and with them the logs.
	const gone = [...sockets].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
	for (const socket of sockets) socket.destroy();
	await Promise.all([stopped, ...gone]);
}

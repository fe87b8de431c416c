import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/** An HTTPS server on all of IPv4's loopback, which tells what its clients did in the handshake. */
export interface HttpsServer extends AsyncDisposable {
	/** https://localhost and the port. */
	readonly origin: string;
	readonly port: number;
	/** The name each client asked for; `false` where it asked for none. */
	readonly serverNames: readonly (string | false)[];
	/** Handshakes that resumed a session. */
	readonly resumed: number;
	/** Subject of the certificate that each client showed. */
	readonly clients: readonly (string | undefined)[];
	/** Host header and path of each request. */
	readonly requests: readonly string[];
}

/** It answers "secured". With `keepAlive: false` each request needs a new connection. */
export async function startHttpsServer(options: ServerOptions, keepAlive = true): Promise<HttpsServer> {
	const serverNames: (string | false)[] = [];
	const clients: (string | undefined)[] = [];
	const requests: string[] = [];
	const sockets = new Set<Duplex>();
	let resumed = 0;
	const server = createServer(options, (request, response) => {
		requests.push(`${request.headers.host} ${request.url}`);
		if (!keepAlive) response.setHeader('Connection', 'close');
		response.end('secured');
	});
	server.on('secureConnection', (socket: TLSSocket & { servername?: string | false }) => {
		serverNames.push(socket.servername ?? false);
		clients.push(String(socket.getPeerCertificate().subject?.CN));
		if (socket.isSessionReused()) resumed += 1;
	});
	server.on('tlsClientError', () => undefined);
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `https://localhost:${port}`,
		port,
		serverNames,
		clients,
		requests,
		get resumed() {
			return resumed;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

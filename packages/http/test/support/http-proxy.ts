import { createServer as createPlain, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Certified } from './certificate.ts';

/** An HTTP proxy on loopback: it answers http: itself and tunnels the rest. */
export interface HttpProxy extends AsyncDisposable {
	/** Its URL, with a user name and password if given. */
	url(userInfo?: string): string;
	/** `GET http://…` or `CONNECT host:port`, in the order they came. */
	readonly requests: readonly string[];
	/** Connections from clients still open. */
	readonly open: number;
}

export interface HttpProxyOptions {
	/** Whom it lets in, as `user:password`. Default: anybody. */
	readonly credentials?: string;
	/** Makes it an https: proxy. */
	readonly certified?: Certified;
	/** The addresses it knows, by `host`. */
	readonly names?: Readonly<Record<string, string>>;
}

/** Requests for http: are answered with "by proxy: " and their `X-List` header. */
export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
	const requests: string[] = [];
	const clients = new Set<Socket>();
	const isWelcome = ({ headers }: IncomingMessage): boolean =>
		options.credentials === undefined || headers['proxy-authorization'] === `Basic ${btoa(options.credentials)}`;
	const { certified } = options;
	const server: Server = certified === undefined ? createPlain() : createSecure(certified);
	server.on('request', (request: IncomingMessage, response) => {
		requests.push(`${request.method} ${request.url}`);
		if (!isWelcome(request)) response.statusCode = 407;
		response.end(`by proxy: ${request.headers['x-list']}`);
	});
	server.on('connect', (request: IncomingMessage, client: Socket) => {
		requests.push(`CONNECT ${request.url}`);
		if (!isWelcome(request)) {
			client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}
		const { hostname, port } = new URL(`http://${request.url}`);
		const upstream = connect(Number(port || 80), options.names?.[hostname] ?? hostname, () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		for (const socket of [upstream, client]) socket.on('error', () => undefined);
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.destroy());
	});
	server.on('connection', (socket: Socket) => {
		clients.add(socket);
		socket.on('close', () => clients.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: (userInfo) =>
			`http${certified === undefined ? '' : 's'}://${userInfo === undefined ? '' : `${userInfo}@`}localhost:${port}`,
		requests,
		get open() {
			return clients.size;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of clients) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { percentDecoded } from '../request-target.ts';
import { type Connector, isDestroyable } from '../undici/connector.ts';
import { type Connectors, portOf } from '../undici/connectors.ts';
import { blaming, ProxyFailure, wrongCredentials } from './proxy-failure.ts';
import { isSocks, socksConnector } from './socks-connector.ts';

/** A handshake with a SOCKS proxy that nobody waits for any more ends after so long. */
const HANDSHAKE_MS = 60_000;

/**
 * A way through a proxy to the host and port of `url`, for what is not HTTP there: a SOCKS connection, or CONNECT
 * (RFC 9110 §9.3.6). TLS with the server is put on top by whoever asked.
 *
 * @throws ProxyFailure (rejects) when the proxy opens none; the reason of `signal`.
 */
export async function openTunnel(
	proxy: string,
	url: URL,
	connectors: Connectors,
	signal: AbortSignal,
): Promise<Duplex> {
	const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
	const port = portOf(url);
	if (!isSocks(proxy)) return await connectTunnel(proxy, { hostname, port }, connectors, signal);
	const connect = socksConnector(proxy, {
		plain: connectors.plain,
		secure: connectors.secure,
		addresses: (name, at) => connectors.addresses(name, at),
		handshakeMs: () => HANDSHAKE_MS,
	});
	return await socketOf(connect, { protocol: 'http:', hostname, port }, signal);
}

interface Destination {
	readonly hostname: string;
	readonly port: string;
}

async function connectTunnel(
	proxy: string,
	{ hostname, port }: Destination,
	connectors: Connectors,
	signal: AbortSignal,
): Promise<Duplex> {
	const { protocol, hostname: proxyHost, port: proxyPort, username, password } = new URL(proxy);
	const connect = blaming(proxy, protocol === 'https:' ? connectors.secureProxy : connectors.plain);
	const socket = await socketOf(connect, { protocol, hostname: proxyHost, port: proxyPort }, signal);
	const authority = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
	const pair = `${percentDecoded(username)}:${percentDecoded(password)}`;
	const asking = request({
		method: 'CONNECT',
		path: authority,
		headers: {
			host: authority,
			...(pair !== ':' && { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }),
		},
		createConnection: () => socket,
		signal,
	});
	return await new Promise((resolve, reject) => {
		asking.once('connect', ({ statusCode = 0, statusMessage = '' }, tunnel, head) => {
			if (statusCode >= 200 && statusCode < 300) {
				if (head.length > 0) tunnel.unshift(head);
				resolve(tunnel);
				return;
			}
			tunnel.destroy();
			const detail = `opened no way: it answered ${statusCode} ${statusMessage}`.trimEnd();
			reject(statusCode === 407 ? wrongCredentials(proxy) : new ProxyFailure(proxy, detail));
		});
		asking.once('error', (error) => {
			reject(signal.aborted ? signal.reason : new ProxyFailure(proxy, `opened no way: ${error.message}`, error));
		});
		asking.end();
	});
}

async function socketOf(
	connect: Connector,
	target: Destination & { readonly protocol: string },
	signal: AbortSignal,
): Promise<Socket> {
	signal.throwIfAborted();
	return await new Promise((resolve, reject) => {
		const connecting: unknown = connect(target, (error, socket) => {
			signal.removeEventListener('abort', giveUp);
			if (error !== null) reject(error);
			else if (signal.aborted) socket.destroy();
			else resolve(socket);
		});
		function giveUp(): void {
			if (isDestroyable(connecting)) connecting.destroy();
			reject(signal.reason);
		}
		signal.addEventListener('abort', giveUp, { once: true });
	});
}

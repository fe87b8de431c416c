import type { LookupAddress } from 'node:dns';
import { isIP, isIPv6, type Socket } from 'node:net';
import type { SocksClientOptions, SocksProxy } from 'socks';
import { LookupError } from '../dns/lookup-error.ts';
import { type ConnectCallback, type Connector, isDestroyable } from '../undici/connector.ts';
import { portOf } from '../undici/connectors.ts';
import { blaming, ProxyFailure } from './proxy-failure.ts';

/** What a way through a SOCKS proxy is made of. */
export interface SocksParts {
	/** Opens a connection without TLS. */
	readonly plain: Connector;
	/** Puts TLS over an open socket. */
	readonly secure: Connector;
	/** For the proxies that are told an address, not a name. */
	readonly addresses: (hostname: string, port: string) => Promise<readonly LookupAddress[]>;
	/** When a handshake that begins now is given up at the latest. Whoever waits for the connection has an exact timer. */
	readonly handshakeMs: () => number;
}

/** How to speak to a proxy, as its URL says. */
interface SocksScheme {
	readonly version: 4 | 5;
	/** The proxy resolves the name; otherwise this side does and sends an address. */
	readonly resolvesNames: boolean;
}

/** The schemes of curl; plain `socks:` is the newest and leaks no names. */
const SOCKS_SCHEMES: ReadonlyMap<string, SocksScheme> = new Map([
	['socks:', { version: 5, resolvesNames: true }],
	['socks5h:', { version: 5, resolvesNames: true }],
	['socks5:', { version: 5, resolvesNames: false }],
	['socks4a:', { version: 4, resolvesNames: true }],
	['socks4:', { version: 4, resolvesNames: false }],
]);

export function isSocks(proxyUrl: string): boolean {
	return SOCKS_SCHEMES.has(new URL(proxyUrl).protocol);
}

/** The port of a SOCKS proxy whose URL has none (IANA's assignment). */
const DEFAULT_PORT = 1080;

/**
 * Connects through a SOCKS proxy (RFC 1928, RFC 1929, SOCKS 4 and 4A), and then as usual: TLS is spoken with the server,
 * not with the proxy.
 *
 * The library `socks` is used, not undici's Socks5ProxyAgent: tried side by side, that one (8.12) warned that it is
 * experimental, left every name to the proxy, sent IPv6 addresses as names in brackets, and noticed a proxy that hung up
 * only when the time was over; it knows version 5 alone.
 */
export function socksConnector(proxyUrl: string, parts: SocksParts): Connector {
	const { hostname, port, protocol, username, password } = new URL(proxyUrl);
	const scheme = SOCKS_SCHEMES.get(protocol) ?? { version: 5, resolvesNames: true };
	const proxy: SocksProxy = {
		host: hostname.replace(/^\[(.*)\]$/, '$1'),
		port: Number(port || DEFAULT_PORT),
		type: scheme.version,
		...(username === '' && password === ''
			? undefined
			: { userId: decodeURIComponent(username), password: decodeURIComponent(password) }),
	};
	const connectToProxy = blaming(proxyUrl, parts.plain);

	const destination = async (hostname: string, port: string): Promise<string> => {
		if (scheme.version === 4 && isIPv6(hostname))
			throw new ProxyFailure(proxyUrl, 'opens no way to IPv6: it is SOCKS 4.');
		if (scheme.resolvesNames || isIP(hostname) !== 0) return hostname;
		const addresses = await parts.addresses(hostname, port);
		// One address is all that can be sent, and not every proxy reaches IPv6.
		const v4 = addresses.find(({ family }) => family === 4);
		const chosen = v4 ?? (scheme.version === 4 ? undefined : addresses[0]);
		if (chosen === undefined) throw new LookupError(hostname, 'ENOTFOUND');
		return chosen.address;
	};

	return (target, callback) => {
		const way = new Way();
		const port = portOf(target);
		const open = async (): Promise<Socket> => {
			const host = await destination(target.hostname, port);
			const proxyTarget = { protocol: 'http:', hostname: proxy.host ?? '', port: String(proxy.port) };
			const socket = await way.step((done) => connectToProxy(proxyTarget, done));
			way.hold(socket);
			await shakeHands(proxyUrl, {
				command: 'connect',
				proxy,
				destination: { host, port: Number(port) },
				existing_socket: socket,
				timeout: parts.handshakeMs(),
			});
			if (target.protocol !== 'https:') return socket;
			return await way.step((done) => parts.secure({ ...target, httpSocket: socket }, done));
		};
		open().then(
			(socket) => callback(null, socket),
			(error: Error) => {
				way.destroy();
				callback(error, null);
			},
		);
		return way;
	};
}

async function shakeHands(proxyUrl: string, options: SocksClientOptions): Promise<void> {
	// Loaded when there is a proxy to talk to: few have one, and all would start later.
	const { SocksClient } = await import('socks');
	try {
		await SocksClient.createConnection(options);
	} catch (error) {
		// Not kept as the cause: it holds the options, and those the password.
		throw new ProxyFailure(proxyUrl, `opened no way: ${(error as Error).message}`);
	}
}

/** A connection being opened in several steps, which can be given up in any of them. */
class Way {
	#current: { destroy(): void } | undefined;
	#destroyed = false;

	async step(connect: (done: ConnectCallback) => unknown): Promise<Socket> {
		return await new Promise((resolve, reject) => {
			const connecting = connect((error, socket) => {
				if (error === null) resolve(socket);
				else reject(error);
			});
			if (isDestroyable(connecting)) this.hold(connecting);
		});
	}

	hold(current: { destroy(): void }): void {
		this.#current = current;
		if (this.#destroyed) current.destroy();
	}

	destroy(): void {
		this.#destroyed = true;
		this.#current?.destroy();
	}
}

import { Agent, Client, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { blaming } from '../proxy/proxy-failure.ts';
import { isSocks, socksConnector } from '../proxy/socks-connector.ts';
import type { Connecting } from './connecting.ts';
import { type Connector, watched } from './connector.ts';
import type { ConnectorSettings, Connectors } from './connectors.ts';
import { guarded } from './h2-guard.ts';

/** What connections are opened and kept by. */
export interface ConnectionSettings extends ConnectorSettings {
	/** `Infinity` for any number. */
	readonly connectionsPerOrigin: number;
	readonly maxHeaderBytes: number;
	/** When an HTTP proxy is given up at the latest, besides the limit that each request has. `Infinity` for never. */
	readonly connectMs: number;
	/** An idle connection is closed after this long, unless the server said otherwise. Default 4,000. */
	readonly keepAliveMs?: number;
}

/** Told about the connections of a dispatcher, besides what its connector reports. */
export interface ConnectionCounter {
	/** Those that are being opened. */
	readonly connecting: Connecting;
	opened(): void;
	closed(): void;
	/** A connection finishes the requests that it has, and takes no more (GOAWAY); undici would let others wait for that. */
	leaving(): void;
}

/** An idle connection is closed after this long, or when the server's Keep-Alive header says, within the maximum. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 60_000;

/** A SOCKS handshake that nobody waits for any more ends so much after the limit, an unlimited one after an hour. */
const HANDSHAKE_GRACE_MS = 1_000;
const HANDSHAKE_MAX_MS = 3_600_000;

/** What undici's proxy agent hands to its factories. */
interface MaybeConnect {
	readonly connect?: Connector;
}

/** Makes undici's dispatchers, all with the same limits. */
export class DispatcherFactory {
	readonly #settings: ConnectionSettings;
	readonly #connectors: Connectors;

	constructor(settings: ConnectionSettings, connectors: Connectors) {
		this.#settings = settings;
		this.#connectors = connectors;
	}

	/** Connections straight to `origin`. */
	direct(origin: string, counter: ConnectionCounter): Dispatcher {
		const { plain, secure } = this.#connectors;
		return this.#pool(origin, origin.startsWith('https:') ? secure : plain, counter);
	}

	/** Connections to any origin through the proxy. */
	viaProxy(proxyUrl: string, counter: ConnectionCounter): Dispatcher {
		return isSocks(proxyUrl) ? this.#viaSocks(proxyUrl, counter) : this.#viaHttp(proxyUrl, counter);
	}

	#viaSocks(proxyUrl: string, counter: ConnectionCounter): Dispatcher {
		const { plain, secure } = this.#connectors;
		const connect = socksConnector(proxyUrl, {
			plain,
			secure,
			addresses: (hostname, port) => this.#connectors.addresses(hostname, port),
			handshakeMs: () => Math.min(counter.connecting.longestMs + HANDSHAKE_GRACE_MS, HANDSHAKE_MAX_MS),
		});
		return new Agent({ factory: (origin) => this.#pool(origin, connect, counter) });
	}

	/** A tunnel for https:, a forwarded request for http:. */
	#viaHttp(proxyUrl: string, counter: ConnectionCounter): Dispatcher {
		const { connectMs, http2 } = this.#settings;
		// The timer of `watched` ends the request in time; this one ends what undici still does towards the proxy.
		const timeout = Number.isFinite(connectMs) ? Math.ceil(connectMs) : 0;
		const connectors = this.#connectors;
		const named = ({ connect = connectors.plain }: MaybeConnect): Connector =>
			blaming(proxyUrl, connectors.named(connect));
		return new ProxyAgent({
			uri: proxyUrl,
			allowH2: http2,
			connectTimeout: timeout,
			requestTls: connectors.secureOptions(),
			proxyTls: connectors.proxyOptions(),
			clientFactory: (origin, options: MaybeConnect) =>
				new Pool(origin, { ...options, connect: named(options), allowH2: false, headersTimeout: timeout }),
			factory: (origin: string | URL, options: MaybeConnect) => this.#pool(origin, named(options), counter),
		});
	}

	#pool(origin: string | URL, connect: Connector, counter: ConnectionCounter): Pool {
		const { connectionsPerOrigin, maxHeaderBytes, http2, keepAliveMs = KEEP_ALIVE_MS } = this.#settings;
		const pool = new Pool(origin, {
			connect: watched(http2 ? guarded(connect, maxHeaderBytes) : connect, counter.connecting, http2),
			allowH2: http2,
			connections: Number.isFinite(connectionsPerOrigin) ? connectionsPerOrigin : null,
			maxHeaderSize: maxHeaderBytes,
			keepAliveTimeout: keepAliveMs,
			keepAliveMaxTimeout: Math.max(KEEP_ALIVE_MAX_MS, keepAliveMs),
			// The exchange has exact timers of its own.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
		pool.on('connect', () => counter.opened());
		pool.on('disconnect', (_origin, targets) => {
			counter.closed();
			const client = targets.at(-1);
			if (client instanceof Client && client.stats.running > 0) counter.leaving();
		});
		return pool;
	}
}

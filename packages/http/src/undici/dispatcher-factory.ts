import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { ClientSettings } from '../client-options.ts';
import { type ConnectionWatch, PLAIN_CONNECT, secureConnect, watched } from './connector.ts';

/** Told about the connections of a dispatcher, besides what its connector reports. */
export interface ConnectionCounter extends ConnectionWatch {
	opened(): void;
	closed(): void;
}

/** An idle connection is closed after this long, or when the server's Keep-Alive header says, within the maximum. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 60_000;

/** Makes undici's dispatchers, all with the same limits. */
export class DispatcherFactory {
	readonly #settings: ClientSettings;
	#plain: buildConnector.connector | undefined;
	#secure: buildConnector.connector | undefined;
	#tls: buildConnector.BuildOptions | undefined;

	constructor(settings: ClientSettings) {
		this.#settings = settings;
	}

	/** Connections straight to `origin`. */
	direct(origin: string, counter: ConnectionCounter): Dispatcher {
		return this.#pool(origin, this.#connectorFor(origin), counter);
	}

	/** Connections to any origin through the proxy: a tunnel for https:, a forwarded request for http:. */
	viaProxy(proxyUrl: string, counter: ConnectionCounter): Dispatcher {
		const { connectMs } = this.#settings.timeouts;
		// The timer of `watched` ends the request in time; this one ends what undici still does towards the proxy.
		const timeout = Number.isFinite(connectMs) ? Math.ceil(connectMs) : 0;
		return new ProxyAgent({
			uri: proxyUrl,
			allowH2: false,
			connectTimeout: timeout,
			clientFactory: (origin, options) => new Pool(origin, { ...options, allowH2: false, headersTimeout: timeout }),
			requestTls: this.#tlsOptions(),
			proxyTls: this.#tlsOptions(),
			factory: (origin: string | URL, options: { connect?: buildConnector.connector }) =>
				this.#pool(origin, options.connect ?? this.#connectorFor(String(origin)), counter),
		});
	}

	#pool(origin: string | URL, connect: buildConnector.connector, counter: ConnectionCounter): Pool {
		const pool = new Pool(origin, {
			connect: watched(connect, counter),
			allowH2: false,
			connections: this.#settings.connectionsPerOrigin,
			maxHeaderSize: this.#settings.maxHeaderBytes,
			keepAliveTimeout: KEEP_ALIVE_MS,
			keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
			// The exchange has exact timers of its own.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
		pool.on('connect', () => counter.opened());
		pool.on('disconnect', () => counter.closed());
		return pool;
	}

	#connectorFor(origin: string): buildConnector.connector {
		if (origin.startsWith('https:')) {
			this.#secure ??= buildConnector(this.#tlsOptions());
			return this.#secure;
		}
		this.#plain ??= buildConnector(PLAIN_CONNECT);
		return this.#plain;
	}

	#tlsOptions(): buildConnector.BuildOptions {
		this.#tls ??= secureConnect(this.#settings.tls);
		return this.#tls;
	}
}

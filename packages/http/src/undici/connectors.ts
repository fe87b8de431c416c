import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { DnsOptions } from '../dns/dns-options.ts';
import { NameLookup } from '../dns/name-lookup.ts';
import { type TlsConnectionOptions, tlsConnectionOptions } from '../tls/connection-options.ts';
import type { TlsOptions } from '../tls/tls-options.ts';
import type { Connector, ConnectTarget } from './connector.ts';

export interface ConnectorSettings {
	readonly tls: TlsOptions | undefined;
	/** Absent: Node resolves each name anew. */
	readonly dns: DnsOptions | undefined;
	/** Offer HTTP/2 to https: servers. */
	readonly http2: boolean;
}

/** Those of undici's options for a connection that are used here. */
export interface ConnectorOptions extends TlsConnectionOptions {
	readonly timeout: number;
	readonly lookup?: LookupFunction;
	readonly allowH2: boolean;
	readonly preferH2?: boolean;
}

/** The connectors that all pools of a client share, and with them addresses, TLS sessions and the roots once read. */
export class Connectors {
	readonly #settings: ConnectorSettings;
	readonly #names: NameLookup | undefined;
	#plain: Connector | undefined;
	#secure: Connector | undefined;
	#secureProxy: Connector | undefined;
	#tls: TlsConnectionOptions | undefined;

	constructor(settings: ConnectorSettings) {
		this.#settings = settings;
		this.#names = settings.dns === undefined ? undefined : new NameLookup(settings.dns);
	}

	/** Opens connections without TLS. */
	get plain(): Connector {
		this.#plain ??= this.named(buildConnector({ ...this.#common(), allowH2: false }));
		return this.#plain;
	}

	/** Opens connections with TLS, or puts TLS over a socket that is open. */
	get secure(): Connector {
		this.#secure ??= this.named(buildConnector(this.secureOptions()));
		return this.#secure;
	}

	/** Opens connections with TLS to a proxy. */
	get secureProxy(): Connector {
		this.#secureProxy ??= this.named(buildConnector(this.proxyOptions()));
		return this.#secureProxy;
	}

	/** Finds addresses, in the place of Node's `dns.lookup`; `undefined` leaves it to Node. */
	get lookup(): LookupFunction | undefined {
		return this.#names?.lookup;
	}

	/** The name to ask `lookup` for. */
	readonly nameFor = (hostname: string, port: string): string => this.#names?.nameFor(hostname, port) ?? hostname;

	/** `connect`, for hosts and ports that may have addresses of their own. */
	named(connect: Connector): Connector {
		const names = this.#names;
		if (names === undefined) return connect;
		return (options, callback) =>
			connect({ ...options, hostname: names.nameFor(options.hostname, portOf(options)) }, callback);
	}

	/** How TLS is spoken with servers. */
	secureOptions(): ConnectorOptions {
		const { http2 } = this.#settings;
		return { ...this.#common(), ...this.tlsOptions(), allowH2: http2, preferH2: http2 };
	}

	/** The same for Node's `tls.connect`. */
	tlsOptions(): TlsConnectionOptions {
		this.#tls ??= tlsConnectionOptions(this.#settings.tls);
		return this.#tls;
	}

	/** How TLS is spoken with a proxy: the name of the server and the pins for all hosts are not for it. */
	proxyOptions(): ConnectorOptions {
		const { servername: _, checkServerIdentity, ...options } = this.secureOptions();
		const pinned = checkServerIdentity !== undefined && !Array.isArray(this.#settings.tls?.pins);
		return { ...options, ...(pinned ? { checkServerIdentity } : undefined), allowH2: false };
	}

	/** The addresses of a host, for those who do not open a connection to it themselves. */
	async addresses(hostname: string, port: string): Promise<readonly LookupAddress[]> {
		const names = this.#names ?? UNCACHED;
		return await names.addresses(names.nameFor(hostname, port));
	}

	/** undici's own connect timer is coarse (300 ms fires at 600), so it is off: `watched` has an exact one. */
	#common(): { timeout: number; lookup?: LookupFunction } {
		return { timeout: 0, ...(this.#names === undefined ? undefined : { lookup: this.#names.lookup }) };
	}
}

const UNCACHED = new NameLookup({ ttlMs: 0 });

/** The port of a connection, which undici leaves empty where it is that of the scheme. */
export function portOf({ protocol, port }: Pick<ConnectTarget, 'protocol' | 'port'>): string {
	return port || (protocol === 'https:' ? '443' : '80');
}

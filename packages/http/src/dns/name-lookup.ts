import type { LookupAddress } from 'node:dns';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import { AddressCache } from './address-cache.ts';
import type { DnsOptions } from './dns-options.ts';
import { LookupError } from './lookup-error.ts';
import { type Family, ofFamily, resolveAt, resolveWith } from './resolve.ts';

const DEFAULTS = { ttlMs: 10_000, maxEntries: 5_000 };

/**
 * Finds addresses for connections: from the fixed ones, from what was found lately, from the resolver. It is done below
 * the connection, and not by putting an address into the URL, so that `Host`, the verified name, TLS sessions and pools
 * go by the name.
 */
export class NameLookup {
	readonly #family: Family;
	readonly #hosts: ReadonlyMap<string, readonly LookupAddress[]>;
	readonly #cache: AddressCache;

	constructor(options: DnsOptions) {
		const {
			servers,
			lookup,
			hosts = {},
			family = 0,
			ttlMs = DEFAULTS.ttlMs,
			maxEntries = DEFAULTS.maxEntries,
		} = options;
		this.#family = family;
		this.#hosts = new Map(Object.entries(hosts).map(([host, addresses]) => [host, [addresses].flat().map(asAddress)]));
		this.#cache = new AddressCache(servers === undefined ? resolveWith(lookup) : resolveAt(servers), {
			ttlMs,
			maxEntries,
		});
	}

	/**
	 * The name to connect to for a host and a port. Sockets tell their `lookup` the host alone, so where a port has
	 * addresses of its own the port is made part of the name.
	 */
	nameFor(hostname: string, port: string): string {
		const both = `${withoutDot(hostname)}:${port}`;
		return this.#hosts.has(both) ? both : hostname;
	}

	/** In the place of Node's `dns.lookup`. */
	readonly lookup: LookupFunction = (hostname, options, callback) => {
		this.addresses(hostname, options.family === 4 || options.family === 6 ? options.family : 0).then(
			(addresses) => {
				const [first] = addresses;
				if (options.all === true) callback(null, [...addresses]);
				else callback(null, first?.address ?? '', first?.family ?? 0);
			},
			(error) => callback(error, ''),
		);
	};

	/** Rejects with an error that has one of the codes of `getaddrinfo`. */
	async addresses(name: string, family: Family = 0): Promise<readonly LookupAddress[]> {
		const wanted = family === 0 ? this.#family : family;
		const fixed = isIP(name) === 0 ? this.#hosts.get(withoutDot(name)) : [asAddress(name)];
		if (fixed === undefined) return await this.#cache.addresses(name, wanted);
		const addresses = ofFamily(fixed, wanted);
		if (addresses.length === 0) throw new LookupError(name, 'ENOTFOUND');
		return addresses;
	}
}

/** `example.com.` says that the name is complete, and means the same host. */
function withoutDot(name: string): string {
	return name.endsWith('.') ? name.slice(0, -1) : name;
}

function asAddress(address: string): LookupAddress {
	return { address, family: isIPv6(address) ? 6 : 4 };
}

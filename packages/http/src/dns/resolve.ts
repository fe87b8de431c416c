import { type LookupAddress, promises, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { LookupError } from './lookup-error.ts';

/** 0 for both IPv4 and IPv6. */
export type Family = 0 | 4 | 6;

/** Finds the addresses of a name, the preferred one first. Rejects when there is none. */
export type Resolve = (hostname: string, family: Family) => Promise<readonly LookupAddress[]>;

/** Asks the resolver of the system, hosts file included (`getaddrinfo`), or a function of the same kind. */
export function resolveWith(lookup: LookupFunction = systemLookup): Resolve {
	return (hostname, family) =>
		new Promise((resolve, reject) => {
			lookup(hostname, { all: true, family }, (error, address, addressFamily) => {
				if (error) reject(error);
				else if (typeof address === 'string')
					resolve([{ address, family: addressFamily ?? (address.includes(':') ? 6 : 4) }]);
				else resolve(address);
			});
		});
}

/** A server that is silent is asked twice; then the next one is. */
const SERVER_TIMEOUT_MS = 2_000;

/** Asks these name servers (RFC 1035). IPv6 comes first, as RFC 8305 §4 prefers. */
export function resolveAt(servers: readonly string[]): Resolve {
	const resolver = new promises.Resolver({ timeout: SERVER_TIMEOUT_MS, tries: 2 });
	resolver.setServers(servers);
	return async (hostname, family) => {
		// A name server must not be asked for these (RFC 6761 §6.3).
		if (/^(?:.+\.)?localhost\.?$/.test(hostname)) return ofFamily(LOOPBACK, family);
		const answers = await Promise.allSettled([
			family === 4 ? [] : resolver.resolve6(hostname),
			family === 6 ? [] : resolver.resolve4(hostname),
		]);
		const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
		if (addresses.length > 0) return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
		const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
		// "No addresses of this kind" says less than any other answer.
		throw failures.find(({ code }) => code !== 'ENODATA') ?? new LookupError(hostname, 'ENOTFOUND', failures[0]);
	};
}

const LOOPBACK: readonly LookupAddress[] = [
	{ address: '127.0.0.1', family: 4 },
	{ address: '::1', family: 6 },
];

/** Those of one kind. */
export function ofFamily(addresses: readonly LookupAddress[], family: Family): readonly LookupAddress[] {
	return family === 0 ? addresses : addresses.filter((address) => address.family === family);
}

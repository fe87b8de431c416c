import { isIP, isIPv4, isIPv6, type LookupFunction } from 'node:net';
import { requireKnownNames } from '../check-names.ts';
import { wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';

/** How host names become addresses, and how long the answers are kept. */
export interface DnsOptions {
	/**
	 * How long an answer is kept, in milliseconds. Default 10,000. With 0 only those who ask at the same time share one.
	 * That a name does not exist is kept for a second at most.
	 */
	readonly ttlMs?: number;
	/** Names kept; beyond it the one not used for longest goes. Default 5,000. */
	readonly maxEntries?: number;
	/** Use addresses of IPv4 or IPv6 only. Default: both, whichever connects first (RFC 8305). */
	readonly family?: 4 | 6;
	/**
	 * Name servers to ask in place of the system's resolver: addresses, with a port if need be (`'1.1.1.1'`,
	 * `'[2606:4700:4700::1111]:53'`). The hosts file of the system is not read then. For a crawl of very many hosts: the
	 * system's resolver answers four names at a time.
	 */
	readonly servers?: readonly string[];
	/** A resolver of your own in place of the system's, with the signature of Node's `dns.lookup`; asked for all addresses. */
	readonly lookup?: LookupFunction;
	/**
	 * Addresses of names that nobody is asked about, as curl's `--resolve`: `{ 'example.com': '127.0.0.1' }`, or for one
	 * port `{ 'example.com:8443': ['127.0.0.1', '::1'] }`. `Host` and the verified name stay as they are. They do not apply
	 * to what a proxy resolves.
	 */
	readonly hosts?: Readonly<Record<string, string | readonly string[]>>;
}

const NAMES: readonly (keyof DnsOptions)[] = ['ttlMs', 'maxEntries', 'family', 'servers', 'lookup', 'hosts'];

/**
 * `undefined` when names are not to be cached: the option is `false`.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function checkDns(options: DnsOptions | false | undefined): DnsOptions | undefined {
	if (options === false) return undefined;
	if (options === undefined) return {};
	requireKnownNames('dns', options, NAMES);
	const { ttlMs, maxEntries, family, servers, lookup, hosts } = options;
	if (ttlMs !== undefined && !(typeof ttlMs === 'number' && ttlMs >= 0)) {
		throw new InvalidRequestError(`dns.ttlMs is ${String(ttlMs)}: give milliseconds from 0.`);
	}
	if (maxEntries !== undefined) wholeNumber('dns.maxEntries', maxEntries, 1);
	if (family !== undefined && family !== 4 && family !== 6) {
		throw new InvalidRequestError(`dns.family is ${String(family)}: give 4 or 6, or leave it out for both.`);
	}
	if (servers !== undefined) checkServers(servers);
	if (lookup !== undefined && typeof lookup !== 'function') {
		throw new InvalidRequestError(`dns.lookup is of type ${typeof lookup}: give a function such as Node's dns.lookup.`);
	}
	if (lookup !== undefined && servers !== undefined) {
		throw new InvalidRequestError('dns.lookup and dns.servers exclude each other: give one of them.');
	}
	for (const [host, addresses] of Object.entries(hosts ?? {})) checkHost(host, [addresses].flat());
	return options;
}

function checkServers(servers: readonly string[]): void {
	const isServer = (server: string): boolean => {
		const [, v6, v4] = /^(?:\[(.+)\]|([\d.]+))(?::\d{1,5})?$/.exec(server) ?? [];
		return isIPv6(server) || isIPv6(v6 ?? '') || isIPv4(v4 ?? '');
	};
	const wrong = Array.isArray(servers) ? servers.find((server) => !isServer(server)) : servers;
	if (wrong === undefined && servers.length > 0) return;
	throw new InvalidRequestError(
		`dns.servers holds "${String(wrong)}": give addresses such as 1.1.1.1 or 127.0.0.1:5353.`,
	);
}

function checkHost(host: string, addresses: readonly string[]): void {
	const [name = '', port] = host.split(/:(?=\d+$)/);
	if (URL.parse(`http://${name}`)?.host !== name || isIP(name) !== 0) {
		throw new InvalidRequestError(
			`dns.hosts has the name "${host}": give a host name in lower case such as example.com, or example.com:443.`,
		);
	}
	if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
		throw new InvalidRequestError(`dns.hosts has the name "${host}": its port is not from 1 to 65535.`);
	}
	const wrong = addresses.length === 0 ? 'nothing' : addresses.find((address) => isIP(address) === 0);
	if (wrong === undefined) return;
	throw new InvalidRequestError(`dns.hosts["${host}"] is ${wrong}: give IP addresses such as 127.0.0.1.`);
}

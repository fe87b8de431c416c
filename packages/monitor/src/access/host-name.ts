import { isIP } from 'node:net';

/** The host name of a `Host` header in small letters, IPv6 without its brackets; undefined if it is none. */
export function hostNameOf(host: string | undefined): string | undefined {
	if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return undefined;
	const name = URL.parse(`http://${host}/`)?.hostname;
	return name?.replace(/^\[|\]$/g, '');
}

/**
 * Whether a request for this host is meant for the hub. A page of a foreign site reaches the hub by giving its own name
 * the hub's address (DNS rebinding), so names have to be known; an address, or localhost, cannot be given away.
 */
export function isOwnHost(host: string | undefined, knownNames: readonly string[]): boolean {
	const name = hostNameOf(host);
	if (name === undefined) return false;
	return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || knownNames.includes(name);
}

/** True for `localhost`, `::1` and all of 127.0.0.0/8 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

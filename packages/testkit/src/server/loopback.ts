import { isIPv4 } from 'node:net';

/** True for `localhost`, `::1` and all of 127.0.0.0/8 (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '::1' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

import { InvalidRequestError } from '../errors.ts';
import { withoutCredentials } from '../request-target.ts';

const SCHEMES: ReadonlySet<string> = new Set([
	'http:',
	'https:',
	'socks:',
	'socks4:',
	'socks4a:',
	'socks5:',
	'socks5h:',
]);

/**
 * The URL of a proxy in its standard form. `owner` is what the message says it came from.
 *
 * @throws InvalidRequestError naming the owner and, without a password, the value.
 */
export function proxyUrl(owner: string, value: string): string {
	const url = URL.parse(value);
	if (url === null || url.hostname === '') {
		// What cannot be parsed cannot be cleared of a password either.
		const shown = String(value).replace(/^.*@/s, '…@');
		throw new InvalidRequestError(`${owner} is "${shown}": give a URL such as http://proxy.example:3128.`);
	}
	const shown = withoutCredentials(url).href;
	if (!SCHEMES.has(url.protocol)) {
		throw new InvalidRequestError(
			`${owner} is "${shown}", which is no proxy: give an http:, https:, socks5: or socks4: URL.`,
		);
	}
	const limit = url.protocol.startsWith('socks') ? 255 : Number.POSITIVE_INFINITY;
	if (!isUsable(url.username, limit) || !isUsable(url.password, limit)) {
		throw new InvalidRequestError(
			`${owner} is "${shown}" with a user name or password that cannot be used: write them with encodeURIComponent` +
				`${limit === 255 ? ', up to 255 bytes' : ''}.`,
		);
	}
	return url.href;
}

/** SOCKS gives a length one byte (RFC 1929) and ends a text of version 4 with a zero. */
function isUsable(encoded: string, maxBytes: number): boolean {
	try {
		const text = decodeURIComponent(encoded);
		return Buffer.byteLength(text) <= maxBytes && !/\p{Cc}/u.test(text);
	} catch {
		return false;
	}
}

/** The proxy for messages: no user name, no password. */
export function proxyName(proxy: string): string {
	return withoutCredentials(new URL(proxy)).href.replace(/\/$/, '');
}

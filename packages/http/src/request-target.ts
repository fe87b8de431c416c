import { InvalidRequestError } from './errors.ts';

/** A URL taken apart for sending. */
export interface RequestTarget {
	/** The whole URL without credentials, for messages and results. */
	readonly href: string;
	readonly origin: string;
	/** Path and query: what goes into the request line. */
	readonly path: string;
	/** The `Authorization` value for the user info of the URL (RFC 7617), if it had any. */
	readonly authorization: string | undefined;
}

/**
 * Takes a URL apart.
 *
 * @throws InvalidRequestError when it does not parse or is not http(s).
 */
export function parseTarget(method: string, input: string | URL): RequestTarget {
	const url = parse(method, input);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new InvalidRequestError(`uses the scheme "${url.protocol}": only http: and https: URLs can be read.`, {
			method,
			url: withoutCredentials(url).href,
		});
	}
	const authorization = basicAuthorization(url);
	const bare = authorization === undefined ? url : withoutCredentials(url);
	return { href: bare.href, origin: bare.origin, path: bare.pathname + bare.search, authorization };
}

/** A copy of `url` with no user name and password. */
export function withoutCredentials(url: URL): URL {
	const bare = new URL(url);
	bare.username = '';
	bare.password = '';
	return bare;
}

function parse(method: string, input: string | URL): URL {
	if (input instanceof URL) return input;
	const url = typeof input === 'string' ? URL.parse(input) : null;
	if (url !== null) return url;
	throw notAbsolute(method, input);
}

/** The error for what is no URL. */
export function notAbsolute(method: string, input: unknown): InvalidRequestError {
	// What cannot be parsed cannot be cleared of a password either, so anything before an @ is left out.
	const shown = String(input).replace(/^.*@/s, '…@');
	const remedy = 'give one such as https://example.com/path, or a client with a baseUrl';
	return new InvalidRequestError(`${method} cannot be sent to "${shown}", which is not an absolute URL: ${remedy}.`);
}

function basicAuthorization(url: URL): string | undefined {
	if (url.username === '' && url.password === '') return undefined;
	const pair = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
	return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** A part of a URL as it was meant; a stray % is taken as it is. */
export function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text; // A stray % was meant literally.
	}
}

import { InvalidRequestError, type RequestLabel } from '../errors.ts';
import { parseTarget } from '../request-target.ts';

/** A WebSocket URL taken apart. */
export interface UpgradeTarget {
	/** ws: or wss:, without credentials and fragment. */
	readonly url: URL;
	/** For messages. */
	readonly label: RequestLabel;
	/** Basic authorization for the user info of the URL (RFC 7617), if it had any. */
	readonly authorization: string | undefined;
}

const SCHEMES: ReadonlyMap<string, string> = new Map([
	['ws:', 'http:'],
	['wss:', 'https:'],
	['http:', 'http:'],
	['https:', 'https:'],
]);

/**
 * Takes a URL apart; http(s) stands for ws(s), and a fragment, which has no meaning here (RFC 6455 §3), is dropped.
 *
 * @throws InvalidRequestError for another scheme.
 */
export function parseUpgradeTarget(input: URL): UpgradeTarget {
	if (!SCHEMES.has(input.protocol)) {
		const shown = new URL(input);
		shown.username = '';
		shown.password = '';
		throw new InvalidRequestError(`uses the scheme "${input.protocol}": give a ws: or wss: URL.`, {
			method: 'GET',
			url: shown.href,
		});
	}
	const { href, authorization } = parseTarget('GET', httpUrl(input));
	const url = new URL(href);
	url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
	url.hash = '';
	return { url, label: { method: 'GET', url: url.href }, authorization };
}

/** The http(s) URL of a ws(s) URL: where its cookies and credentials belong (RFC 6455 §4.1). */
export function httpUrl(url: URL): URL {
	const http = new URL(url);
	http.protocol = SCHEMES.get(url.protocol) ?? url.protocol;
	return http;
}

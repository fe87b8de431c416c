import type { IncomingHttpHeaders } from 'node:http';
import { isOwnHost } from './host-name.ts';
import { cookieName, cookieValue, isSame, showsToken } from './token.ts';

/** What a request needs. */
export interface AccessRules {
	/** Undefined: everybody who reaches the hub may see and command it. */
	readonly token: string | undefined;
	readonly port: number;
	/** Names that the hub is reached by, besides addresses and localhost; in small letters. */
	readonly knownNames: readonly string[];
}

/** What becomes of a request. */
export type Access =
	| { readonly kind: 'granted' }
	| { readonly kind: 'refused'; readonly status: 401 | 403; readonly reason: string }
	/** A page was loaded with the token in its URL: the token goes into a cookie and out of the URL. */
	| { readonly kind: 'signed-in'; readonly cookie: string; readonly location: string };

const GRANTED: Access = { kind: 'granted' };

/**
 * Looks at who asks, before anything is answered or upgraded.
 *
 * @param isPage whether `?token=` may sign in: pages, not upgrades.
 * @param isOpen whether no token is needed.
 */
export function decideAccess(
	{ headers, url }: { readonly headers: IncomingHttpHeaders; readonly url: URL },
	rules: AccessRules,
	{ isPage, isOpen }: { readonly isPage: boolean; readonly isOpen: boolean },
): Access {
	if (!isOwnHost(headers.host, rules.knownNames)) {
		return refused(403, 'The Host header names another host. Name it in the option "hosts" if it is yours.');
	}
	// Browsers send Origin with every WebSocket, so a page of another site, or port, gives itself away.
	const { origin } = headers;
	if (origin !== undefined && !isSameSite(origin, headers.host)) {
		return refused(403, 'The Origin is another site.');
	}
	const { token, port } = rules;
	if (token === undefined || isOpen) return GRANTED;
	const given = url.searchParams.get('token');
	if (isPage && given !== null && isSame(given, token)) return signedIn(token, port, url);
	if (showsToken(headers, token, cookieName(port))) return GRANTED;
	return refused(401, 'A token is wanted: open the page with ?token=…, or send Authorization: Bearer ….');
}

/** The scheme may differ: a proxy in front of the hub may speak TLS. */
function isSameSite(origin: string, host: string | undefined): boolean {
	const from = URL.parse(origin);
	return from !== null && from.host === URL.parse(`${from.protocol}//${host}`)?.host;
}

function signedIn(token: string, port: number, url: URL): Access {
	const clean = new URL(url);
	clean.searchParams.delete('token');
	return {
		kind: 'signed-in',
		cookie: `${cookieName(port)}=${cookieValue(token)}; Path=/; HttpOnly; SameSite=Strict`,
		location: `${clean.pathname.replace(/^\/+/, '/')}${clean.search}`,
	};
}

function refused(status: 401 | 403, reason: string): Access {
	return { kind: 'refused', status, reason };
}

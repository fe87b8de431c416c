import { Cookie, getPublicSuffix } from 'tough-cookie';
import { cookiePath } from './cookie-path.ts';

/** As browsers have it (draft-ietf-httpbis-rfc6265bis §5.6): of name and value together. */
const MAX_PAIR_BYTES = 4_096;

/** However long a server wants a cookie kept (draft-ietf-httpbis-rfc6265bis §5.5). */
const MAX_AGE_MS = 400 * 24 * 60 * 60 * 1_000;

/** What a header can carry (RFC 9110 §5.5). */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads a `Set-Cookie` header that came from `host` (RFC 6265 §5.2).
 *
 * @throws Error with what is wrong, when nothing can be made of it.
 */
export function parseSetCookie(header: string, host: string, now: number): Cookie {
	if (!SENDABLE.test(header)) throw new Error('It has a character that a cookie header cannot carry.');
	const cookie = Cookie.parse(header);
	if (cookie === undefined) throw new Error('It does not begin with a name, "=" and a value.');
	if (cookie.key.length + cookie.value.length > MAX_PAIR_BYTES) {
		throw new Error(`Its name and value are longer than ${MAX_PAIR_BYTES} bytes.`);
	}
	const domain = cookie.cdomain();
	// A host that is a public suffix (github.io, a bare name, an address) may have cookies for itself (§5.3 step 5).
	const isOwn = domain === host && suffixOf(domain) === undefined;
	cookie.domain = isOwn ? null : (domain ?? null);
	if (cookie.path !== null) cookie.path = cookiePath(cookie.path);
	setExpiry(cookie, now);
	return cookie;
}

/** tough-cookie counts Max-Age from the last use, which would keep a cookie in use for ever. */
function setExpiry(cookie: Cookie, now: number): void {
	const expiresAt = cookie.expiryTime(new Date(now)) ?? Number.POSITIVE_INFINITY;
	cookie.maxAge = null;
	if (expiresAt === Number.POSITIVE_INFINITY) return;
	cookie.expires = new Date(Math.max(0, Math.min(expiresAt, now + MAX_AGE_MS)));
}

function suffixOf(domain: string): string | undefined {
	return getPublicSuffix(domain, { allowSpecialUseDomain: true, ignoreError: true });
}

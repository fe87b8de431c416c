import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The name of the cookie of a hub. Cookies are shared by all ports of a host, so the port is part of it. */
export function cookieName(port: number): string {
	return `orbweaver-monitor-${port}`;
}

/**
 * The value of the cookie: made from the token, so that it outlives a new start of the hub; not the token itself, because
 * browsers send it to every other server on the same host too.
 */
export function cookieValue(token: string): string {
	return createHmac('sha256', token).update('orbweaver monitor cookie').digest('base64url');
}

/** Whether a request shows the token: as `Authorization: Bearer` (RFC 6750 §2.1), or as the cookie that was set for it. */
export function showsToken(headers: IncomingHttpHeaders, token: string, cookie: string): boolean {
	const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
	if (bearer !== undefined && isSame(bearer, token)) return true;
	const expected = cookieValue(token);
	const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
	return cookies.some((pair) => pair.startsWith(`${cookie}=`) && isSame(pair.slice(cookie.length + 1), expected));
}

/** Compares in a time that tells nothing about where, or how long, the right text is. */
export function isSame(given: string, right: string): boolean {
	return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(right).digest());
}

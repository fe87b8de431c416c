import { type HeaderList, hasHeader, keepHeaders } from '../request-headers.ts';
import type { Send } from '../transport/transport.ts';
import type { CookieJar } from './cookie-jar.ts';

/**
 * Sends the cookies that `jar` has for the URL of each request, and keeps those that each response sets, whatever its
 * status. Where the caller has a `Cookie` header of his own, his value wins for equal names.
 */
export function cookieLayer(jar: CookieJar): (next: Send) => Send {
	return (next) => async (request) => {
		const cookies = jar.getCookieString(request.url);
		const response = await next(
			cookies === '' ? request : { ...request, headers: withCookies(request.headers, cookies) },
		);
		jar.setFromResponse(request.url, response.headers);
		return response;
	};
}

/** `headers` with one `cookie`, made of those that are there and of `cookies`. */
export function withCookies(headers: HeaderList, cookies: string): HeaderList {
	if (!hasHeader(headers, 'cookie')) return [...headers, 'cookie', cookies];
	const own: string[] = [];
	for (let i = 0; i < headers.length; i += 2) {
		if (headers[i] === 'cookie') own.push(...pairsOf(headers[i + 1] ?? ''));
	}
	const names = new Set(own.map(nameOf));
	const others = pairsOf(cookies).filter((pair) => !names.has(nameOf(pair)));
	return [...keepHeaders(headers, (name) => name !== 'cookie'), 'cookie', [...own, ...others].join('; ')];
}

function pairsOf(cookies: string): string[] {
	return cookies
		.split(';')
		.map((pair) => pair.trim())
		.filter((pair) => pair !== '');
}

function nameOf(pair: string): string {
	return pair.split('=', 1)[0] ?? '';
}

import type { TransportRequest, TransportResponse } from '../transport/transport.ts';
import { responseValue } from './header-values.ts';

/** The name of a request's URL in the store: without the fragment, which a server never sees. */
export function keyOf({ origin, path }: Pick<TransportRequest, 'origin' | 'path'>): string {
	return origin + path;
}

/** Methods that change nothing (RFC 9110 §9.2.1). Of others it must be assumed that they do. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a method may change what is stored. */
export function isUnsafe(method: string): boolean {
	return !SAFE_METHODS.has(method);
}

/**
 * What the answer to an unsafe request makes invalid (RFC 9111 §4.4): its URL, and those that it names in Location and
 * Content-Location where they have the same origin. An error changes nothing.
 */
export function keysToForget(request: TransportRequest, response: TransportResponse): string[] {
	if (response.status < 200 || response.status >= 400) return [];
	const keys = [keyOf(request)];
	for (const name of ['location', 'content-location']) {
		const value = responseValue(response.headers, name);
		const url = value === undefined ? null : URL.parse(value, request.url);
		if (url?.origin === request.origin) keys.push(keyOf({ origin: url.origin, path: url.pathname + url.search }));
	}
	return keys;
}

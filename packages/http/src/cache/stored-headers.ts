import { planDecoding } from '../decode/content-codings.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { responseValue } from './header-values.ts';

/**
 * Of one connection (RFC 9111 §3.1), or of the one response that came over it: a Set-Cookie handed out a second time
 * would overwrite newer cookies, and Age is computed anew.
 */
const NOT_STORED: readonly string[] = [
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authentication-info',
	'proxy-authorization',
	'proxy-connection',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'age',
	'set-cookie',
];

/** They describe the bytes of the body as it was sent. */
const OF_ENCODED_BODY: readonly string[] = [
	'content-encoding',
	'content-length',
	'content-digest',
	'content-md5',
	'digest',
	'repr-digest',
];

/**
 * The headers to store with a body. It is stored decoded, because that is what its readers want; what described the
 * encoded bytes would contradict it and is left out (whoever stores the body knows its length). ETag stays: it is what
 * the server has to be asked with. HEAD has no body to contradict.
 */
export function storedHeaders(method: 'GET' | 'HEAD', headers: ResponseHeaders, receivedAt: number): ResponseHeaders {
	const left = new Set(NOT_STORED);
	for (const name of (responseValue(headers, 'connection') ?? '').toLowerCase().split(/[\s,]+/)) left.add(name);
	if (method === 'GET') {
		left.add('content-length');
		if (planDecoding(headers['content-encoding']).length > 0) for (const name of OF_ENCODED_BODY) left.add(name);
	}
	const kept = Object.entries(headers).filter(([name]) => !left.has(name));
	// RFC 9110 §6.6.1: who stores a response without a Date adds the time it was received.
	return { date: new Date(receivedAt).toUTCString(), ...Object.fromEntries(kept) };
}

const NOT_UPDATED: readonly string[] = [...OF_ENCODED_BODY, 'content-range'];

/** Stored headers with what a 304 says of them now (RFC 9111 §3.2, §4.3.4); the body stays, and so what describes it. */
export function updatedHeaders(stored: ResponseHeaders, update: ResponseHeaders): ResponseHeaders {
	// Not of the 304: its own Date, which it must have, or none.
	const { date: _, ...rest } = stored;
	const fresh = Object.entries(update).filter(([name]) => !NOT_UPDATED.includes(name));
	return { ...rest, ...Object.fromEntries(fresh) };
}

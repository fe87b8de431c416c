import type { ResponseHeaders } from '../response-headers.ts';
import type { TransportRequest, TransportResponse } from '../transport/transport.ts';
import { parseCacheControl, secondsOf } from './cache-control.ts';
import type { CacheRules } from './cache-options.ts';
import type { CacheEntry } from './cache-store.ts';
import { freshnessOf } from './freshness.ts';
import { responseValue } from './header-values.ts';
import { selectionOf } from './selection.ts';
import { storedHeaders } from './stored-headers.ts';
import { validatorsOf } from './validators.ts';

/** All of an entry that is known when the headers of its response arrive. */
export type EntryHead = Omit<CacheEntry, 'body'>;

/** What a response said, and how long it took to say so. */
export type ResponseHead = Pick<TransportResponse, 'status' | 'statusText' | 'headers' | 'sentAt' | 'headersAt'>;

/**
 * The entry for a response, or `undefined` when it must not be stored or never could be used again.
 *
 * @param receivedAt in milliseconds since the epoch.
 */
export function entryHead(
	request: TransportRequest,
	response: ResponseHead,
	rules: CacheRules,
	receivedAt: number,
): EntryHead | undefined {
	const { status, statusText, headers } = response;
	const { storable, freshSecs } = freshnessOf(request, response, rules, receivedAt);
	const isPrivate = parseCacheControl(responseValue(headers, 'cache-control')).has('private');
	const selection = selectionOf(request.headers, responseValue(headers, 'vary'), isPrivate);
	if (!storable || selection === undefined) return undefined;
	const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
	const ageSecs = statedAge(headers) + Math.max(0, response.headersAt - response.sentAt) / 1000;
	if (ageSecs >= freshSecs && !isOfUseWhenStale(headers)) return undefined;
	return {
		method,
		status,
		statusText,
		headers: storedHeaders(method, headers, receivedAt),
		selection,
		receivedAt,
		ageSecs,
		freshSecs,
	};
}

/** `head` with its body, decoded. */
export function withBody(head: EntryHead, body: Buffer): CacheEntry {
	// RFC 9110 §8.6: 204 has none, and HEAD keeps that of the server.
	if (head.method === 'HEAD' || head.status === 204) return { ...head, body };
	return { ...head, headers: { ...head.headers, 'content-length': String(body.length) }, body };
}

/**
 * How old an entry is now, in seconds (RFC 9111 §4.2.3; the server's clock is not asked). One from the future was stored
 * by a clock that was set back since: it is as much too old as it seems too young.
 */
export function ageOf(entry: EntryHead, now: number): number {
	return entry.ageSecs + Math.abs(now - entry.receivedAt) / 1000;
}

function statedAge(headers: ResponseHeaders): number {
	return Math.max(0, Number.parseInt(responseValue(headers, 'age') ?? '', 10) || 0);
}

function isOfUseWhenStale(headers: ResponseHeaders): boolean {
	const directives = parseCacheControl(responseValue(headers, 'cache-control'));
	if (secondsOf(directives, 'stale-while-revalidate') || secondsOf(directives, 'stale-if-error')) return true;
	return validatorsOf(headers).length > 0;
}

import { BufferedBody } from '../response/buffered-body.ts';
import type { TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { CacheEntry } from './cache-store.ts';
import { ageOf } from './entry-head.ts';

/** A response made of a stored one, with its age (RFC 9111 §5.1). HEAD gets the headers alone. */
export function storedAnswer(
	request: TransportRequest,
	entry: CacheEntry,
	cacheStatus: 'hit' | 'stale' | 'revalidated',
	now: number,
): TransportResponse {
	const { status, statusText, headers } = entry;
	const body = request.method === 'HEAD' ? Buffer.alloc(0) : entry.body;
	return {
		status,
		statusText,
		headers: { ...headers, age: String(Math.floor(ageOf(entry, now))) },
		body: new BufferedBody(request, body, 0),
		cacheStatus,
		...timesOfNow(),
	};
}

/** The answer to `only-if-cached` when nothing suitable is stored (RFC 9111 §5.2.1.7). */
export function notStoredAnswer(request: TransportRequest): TransportResponse {
	const body = new BufferedBody(request, Buffer.alloc(0));
	return { status: 504, statusText: 'Gateway Timeout', headers: { 'content-length': '0' }, body, ...timesOfNow() };
}

/** Nothing was sent: the request was over when it began. */
function timesOfNow(): Pick<TransportResponse, 'sentAt' | 'headersAt'> {
	const at = performance.now();
	return { sentAt: at, headersAt: at };
}

import { Request, type RequestOptions } from '../crawlee.ts';
import type { LeasedRequest } from '../store/crawl-store.ts';

/** The request as Crawlee and the user's handlers know it. */
export function toCrawleeRequest(leased: LeasedRequest): Request {
	const { redirectedFrom, sessionId: _, userData, ...data } = leased.data ?? {};
	const options = {
		...data,
		id: String(leased.id),
		// What was asked for stays the name of the page; where the redirects lead is its `loadedUrl`.
		url: redirectedFrom?.[0] ?? leased.url,
		uniqueKey: leased.uniqueKey,
		method: leased.method,
		retryCount: leased.retryCount,
		crawlDepth: leased.crawlDepth,
		userData: { ...userData },
		...(leased.label !== undefined && { label: leased.label }),
	};
	return new Request(options as RequestOptions);
}

import CachePolicy from 'http-cache-semantics';
import type { ResponseHeaders } from '../response-headers.ts';
import type { TransportRequest } from '../transport/transport.ts';
import { formatCacheControl, parseCacheControl } from './cache-control.ts';
import type { CacheRules } from './cache-options.ts';
import { requestValue, responseValue } from './header-values.ts';

/** What may become of a response. */
export interface Freshness {
	/** Whether it may be stored at all (RFC 9111 §3). */
	readonly storable: boolean;
	/** How old it may become before it is stale, in seconds (§4.2.1). */
	readonly freshSecs: number;
}

/** Of what a page's age at its last change gives it as a lifetime, where guessing is allowed (§4.2.2). */
const HEURISTIC_FRACTION = 0.1;

/** The headers that http-cache-semantics looks at. */
const RESPONSE_NAMES = ['expires', 'last-modified', 'pragma', 'set-cookie', 'vary'];

/**
 * Whether a response may be stored, and for how long it is fresh. http-cache-semantics decides, once, when the response
 * arrives. It compares directives by case, reads no lists of values and sets missing dates to the time of the process,
 * so it is given headers in the one form that it reads right.
 */
export function freshnessOf(
	request: TransportRequest,
	response: { readonly status: number; readonly headers: ResponseHeaders },
	rules: CacheRules,
	receivedAt: number,
): Freshness {
	const { method, url } = request;
	const directives = parseCacheControl(responseValue(response.headers, 'cache-control'));
	const stated = responseValue(response.headers, 'date') ?? '';
	const date = Number.isNaN(Date.parse(stated)) ? new Date(receivedAt).toUTCString() : stated;
	const headers: Record<string, string> = { date };
	if (directives.size > 0) headers['cache-control'] = formatCacheControl(directives);
	for (const name of RESPONSE_NAMES) {
		const value = responseValue(response.headers, name);
		if (value !== undefined) headers[name] = value;
	}
	const authorization = requestValue(request.headers, 'authorization');
	const policy = new CachePolicy(
		{ method, url, headers: authorization === undefined ? {} : { authorization } },
		{ status: response.status, headers },
		{
			shared: rules.shared,
			cacheHeuristic: rules.heuristic ? HEURISTIC_FRACTION : 0,
			// `immutable` does not say for how long (RFC 8246), and the library's own guess is a thousand days.
			immutableMinTimeToLive: 0,
		},
	);
	return { storable: policy.storable(), freshSecs: policy.maxAge() };
}

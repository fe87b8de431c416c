import { ConnectError, ConnectionLostError, ProtocolError, TimeoutError } from '../errors.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { type CacheControl, parseCacheControl, secondsOf } from './cache-control.ts';
import type { CacheRules } from './cache-options.ts';
import { ageOf, type EntryHead } from './entry-head.ts';
import { responseValue } from './header-values.ts';

/**
 * What to do with a stored response: hand it out because it is `fresh`, or `stale` and that was allowed, or hand it out
 * and `refresh` it meanwhile (RFC 5861 §3), or `validate` it first.
 */
export type Reuse = 'fresh' | 'stale' | 'refresh' | 'validate';

/**
 * What a stored response is good for (RFC 9111 §4.2, §5.2.1).
 *
 * @param wanted the Cache-Control of the request.
 * @param now in milliseconds since the epoch.
 */
export function decideReuse(entry: EntryHead, wanted: CacheControl, rules: CacheRules, now: number): Reuse {
	const age = ageOf(entry, now);
	const leftSecs = entry.freshSecs - age;
	const maxAge = secondsOf(wanted, 'max-age');
	const minFresh = secondsOf(wanted, 'min-fresh');
	const maxStale = secondsOf(wanted, 'max-stale');
	if (wanted.has('no-cache') || maxAge === 0 || age > (maxAge ?? age) || leftSecs < (minFresh ?? leftSecs)) {
		return 'validate';
	}
	if (leftSecs > 0) return 'fresh';
	const directives = directivesOf(entry.headers);
	if (forbidsStale(directives, rules)) return 'validate';
	if (wanted.get('max-stale') === true || (maxStale !== undefined && -leftSecs <= maxStale)) return 'stale';
	// With max-age or min-fresh a request says that it wants nothing stale.
	if (maxAge !== undefined || minFresh !== undefined) return 'validate';
	return -leftSecs < (secondsOf(directives, 'stale-while-revalidate') ?? 0) ? 'refresh' : 'validate';
}

/** Whether a stored response may stand in when the server fails (RFC 5861 §4). */
export function mayServeOnError(entry: EntryHead, wanted: CacheControl, rules: CacheRules, now: number): boolean {
	const directives = directivesOf(entry.headers);
	if (wanted.has('no-cache') || forbidsStale(directives, rules)) return false;
	const allowedSecs = Math.max(secondsOf(directives, 'stale-if-error') ?? 0, secondsOf(wanted, 'stale-if-error') ?? 0);
	return allowedSecs > 0 && ageOf(entry, now) - entry.freshSecs < allowedSecs;
}

const ERROR_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** Whether a status says that the server failed, and not that the request was wrong. */
export function isErrorStatus(status: number): boolean {
	return ERROR_STATUSES.has(status);
}

/** Whether an error is one that a proxy would answer 502 or 504 for. A certificate that fails must not be covered up. */
export function isServerFailure(error: unknown): boolean {
	if (error instanceof TimeoutError) return error.phase !== 'pool';
	return error instanceof ConnectError || error instanceof ConnectionLostError || error instanceof ProtocolError;
}

function directivesOf(headers: ResponseHeaders): CacheControl {
	return parseCacheControl(responseValue(headers, 'cache-control'));
}

/** RFC 9111 §4.2.4. */
function forbidsStale(directives: CacheControl, { shared }: CacheRules): boolean {
	if (directives.has('must-revalidate') || directives.has('no-cache')) return true;
	return shared && (directives.has('proxy-revalidate') || directives.has('s-maxage'));
}

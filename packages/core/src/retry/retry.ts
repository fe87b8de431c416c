import { HttpError, type HttpErrorCode } from '@orbweaver/http';
import { NonRetryableError, RetryRequestError } from '../crawlee.ts';
import { HttpStatusError, isTransientStatus } from './http-status-error.ts';
import { RobotsUnavailableError } from './robots-error.ts';

/** How failed requests are tried again. Times are in seconds. */
export interface RetryOptions {
	/** The ceiling of the wait before the first retry; it doubles with each further one. Default 1. */
	readonly baseDelaySecs?: number;
	/** The highest ceiling. Default 60. */
	readonly maxDelaySecs?: number;
	/** A `Retry-After` longer than this is not waited for: the request fails. Default 3600. */
	readonly maxRetryAfterSecs?: number;
}

export const DEFAULT_RETRY: Readonly<Required<RetryOptions>> = {
	baseDelaySecs: 1,
	maxDelaySecs: 60,
	maxRetryAfterSecs: 3_600,
};

/** A try that failed. */
export interface FailedTry {
	readonly error: unknown;
	/** How many retries came before. */
	readonly retryCount: number;
	readonly maxRetries: number;
	readonly noRetry: boolean;
}

export type RetryDecision = { readonly action: 'retry'; readonly delayMs: number } | { readonly action: 'fail' };

/**
 * Whether a failed request is tried again, and when.
 *
 * Only what can succeed later is: network errors, 408, 425, 429, 5xx, and errors of the handler, which may come from
 * anything. `RetryRequestError` asks for another try whatever the count, `NonRetryableError` for none. The wait is
 * exponential with full jitter (Brooker, "Exponential Backoff And Jitter", 2015), but never less than the server asked
 * for with `Retry-After`.
 *
 * @param random a number from 0 to 1.
 */
export function decideRetry(
	failed: FailedTry,
	options: Required<RetryOptions>,
	{ now, random }: { now: number; random: number },
): RetryDecision {
	const { error } = failed;
	if (failed.noRetry || !canSucceedLater(error)) return { action: 'fail' };
	if (!(error instanceof RetryRequestError) && failed.retryCount >= failed.maxRetries) return { action: 'fail' };
	const askedMs = askedDelayMs(error, now);
	if (askedMs > options.maxRetryAfterSecs * 1_000) return { action: 'fail' };
	// Without the bound, 2 ** 1024 is infinite and nothing times infinity is no number.
	const doublings = 2 ** Math.min(failed.retryCount, 64);
	const ceilingMs = Math.min(options.maxDelaySecs, options.baseDelaySecs * doublings) * 1_000;
	return { action: 'retry', delayMs: Math.round(Math.max(askedMs, ceilingMs * random)) };
}

function canSucceedLater(error: unknown): boolean {
	if (error instanceof NonRetryableError) return false;
	if (error instanceof HttpStatusError) return isTransientStatus(error.statusCode);
	if (error instanceof HttpError) return !PERMANENT_FAILURES.has(error.code);
	return true;
}

/** What would fail in the same way again. Everything else of the network may be well a second later. */
const PERMANENT_FAILURES: ReadonlySet<HttpErrorCode> = new Set([
	'ORB_HTTP_INVALID_REQUEST',
	'ORB_HTTP_TLS',
	'ORB_HTTP_HEADERS_TOO_LARGE',
	'ORB_HTTP_BODY_TOO_LARGE',
	'ORB_HTTP_REDIRECT',
	'ORB_HTTP_AUTH',
]);

function askedDelayMs(error: unknown, now: number): number {
	if (error instanceof HttpStatusError) return error.retryAfterMs ?? 0;
	if (error instanceof RobotsUnavailableError) return Math.max(0, error.retryAt - now);
	return 0;
}

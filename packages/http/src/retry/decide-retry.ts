import { ConnectError, ConnectionLostError, TimeoutError } from '../errors.ts';
import { type HeaderList, hasHeader } from '../request-headers.ts';
import { fullJitterMs } from './backoff.ts';
import type { RetrySettings } from './retry-options.ts';

/** A try that did not bring what was asked for: an error, or a response with a status that may pass. */
export interface FailedAttempt {
	readonly method: string;
	readonly headers: HeaderList;
	/** The body can be sent again, or there is none. */
	readonly repeatableBody: boolean;
	readonly error: unknown;
	/** Of the response, when there was one. */
	readonly status: number | undefined;
	/** What the response's Retry-After asks for, in milliseconds. */
	readonly retryAfterMs: number | undefined;
	/** Tries that were repeated before this one. */
	readonly retries: number;
	/** What is left of the call's total time. */
	readonly remainingMs: number;
}

export type RetryDecision = { readonly action: 'retry'; readonly delayMs: number } | { readonly action: 'give-up' };

const GIVE_UP: RetryDecision = { action: 'give-up' };

/**
 * Whether a request is sent again, and after how long. It is, when
 *
 * - it may be repeated: its method is idempotent or it carries an Idempotency-Key, or it was never sent at all;
 * - its body can be sent a second time;
 * - another try can help: the connection failed or was too slow, or the status says so;
 * - the wait fits into what the caller has time for, and into `maxRetryAfterMs` when the server named it.
 *
 * @param random from 0 to 1.
 */
export function decideRetry(failed: FailedAttempt, retry: RetrySettings, random: number): RetryDecision {
	if (failed.retries >= retry.limit || !failed.repeatableBody) return GIVE_UP;
	if (!canHelp(failed, retry) || !(mayRepeat(failed, retry) || wasNeverSent(failed.error))) return GIVE_UP;
	const { retryAfterMs = 0 } = failed;
	if (retryAfterMs > retry.maxRetryAfterMs) return GIVE_UP;
	const delayMs = Math.max(retryAfterMs, fullJitterMs(failed.retries, retry, random));
	return delayMs >= failed.remainingMs ? GIVE_UP : { action: 'retry', delayMs };
}

function canHelp({ error, status, headers }: FailedAttempt, retry: RetrySettings): boolean {
	// The cache's own answer, which will be the same (RFC 9111 §5.2.1.7).
	if (status === 504 && wantsCacheOnly(headers)) return false;
	if (status !== undefined) return retry.statuses.has(status);
	if (error instanceof TimeoutError) return error.phase !== 'total' && error.phase !== 'pool';
	if (error instanceof ConnectError) return error.reason !== 'proxy-credentials';
	return error instanceof ConnectionLostError;
}

function wantsCacheOnly(headers: HeaderList): boolean {
	const at = headers.indexOf('cache-control');
	return at !== -1 && at % 2 === 0 && /\bonly-if-cached\b/i.test(headers[at + 1] ?? '');
}

function mayRepeat({ method, headers }: FailedAttempt, retry: RetrySettings): boolean {
	return retry.methods.has(method) || hasHeader(headers, 'idempotency-key');
}

/** Nothing of the request can have reached the server. */
function wasNeverSent(error: unknown): boolean {
	if (error instanceof TimeoutError) return error.phase === 'connect';
	return error instanceof ConnectError && NEVER_CONNECTED.has(error.reason);
}

const NEVER_CONNECTED: ReadonlySet<ConnectError['reason']> = new Set(['refused', 'unreachable', 'dns', 'proxy']);

import { AuthError, ConnectError, ConnectionLostError, TimeoutError } from '../errors.ts';
import { fullJitterMs } from '../retry/backoff.ts';
import { closeMeaning } from './close-codes.ts';
import type { ReconnectEvent, ReconnectSettings } from './reconnect-options.ts';
import { WebSocketError } from './websocket-error.ts';

/** What comes after a connection. `end`: no other would help, or none is wanted; `give-up`: too many were tried. */
export type ReconnectDecision =
	| { readonly action: 'reconnect'; readonly delayMs: number }
	| { readonly action: 'end' }
	| { readonly action: 'give-up' };

/**
 * Whether another connection is opened, and after how long. After a connection its close code decides (see
 * `closeMeaning`); after an attempt that failed, its error:
 *
 * | the attempt met | then |
 * |---|---|
 * | no connection, or one that was cut or too slow | again |
 * | 408, 425, 429 and 5xx, save 501 and 505 | again, not before its Retry-After |
 * | a Retry-After above `maxRetryAfterMs` | end |
 * | 401 after the credentials were renewed, another 4xx, a redirect, a 2xx | end: the next would be answered the same |
 * | a certificate that is not trusted, an answer that breaks RFC 6455 | end: a person has to look |
 * | no credentials | again if their server was not to be reached, else end |
 *
 * @param random from 0 to 1.
 */
export function decideReconnect(
	event: ReconnectEvent,
	settings: ReconnectSettings | undefined,
	random: number,
): ReconnectDecision {
	if (settings === undefined) return { action: 'end' };
	const retryAfterMs = event.error instanceof WebSocketError ? (event.error.retryAfterMs ?? 0) : 0;
	const wanted = settings.when?.(event) ?? (retryAfterMs <= settings.maxRetryAfterMs && canHelp(event));
	if (!wanted) return { action: 'end' };
	if (event.attempts >= settings.maxAttempts) return { action: 'give-up' };
	const obeyedMs = Math.min(retryAfterMs, settings.maxRetryAfterMs);
	return { action: 'reconnect', delayMs: Math.max(obeyedMs, fullJitterMs(event.attempts, settings, random)) };
}

function canHelp({ closeCode, error }: ReconnectEvent): boolean {
	if (closeCode !== undefined) return closeMeaning(closeCode) === 'come-back';
	if (error instanceof WebSocketError) return error.status !== undefined && mayPass(error.status);
	const failure = error instanceof AuthError ? error.cause : error;
	return failure instanceof ConnectError || failure instanceof ConnectionLostError || failure instanceof TimeoutError;
}

function mayPass(status: number): boolean {
	if (status >= 500) return status !== 501 && status !== 505;
	return status === 408 || status === 425 || status === 429;
}

import { codeOf } from './failure.ts';

/** How an attempt ended. */
export interface LostAttempt {
	readonly method: string;
	/** The caller lets requests of this method be tried again. */
	readonly retried: boolean;
	/** The connection had been used before. */
	readonly reusedConnection: boolean;
	/** A byte of a response arrived. */
	readonly responseBegan: boolean;
	readonly error: Error;
}

/**
 * Whether a request may silently be sent again on a new connection. A server may close an idle connection at the very
 * moment a request is written to it; when not one byte came back, repeating an idempotent request is safe
 * (RFC 9110 §9.2.2, RFC 9112 §9.3.1), and a new connection cannot meet the same fate. What changes something on the
 * server is not repeated for those who switched retries off.
 *
 * Over HTTP/2 undici (8.12) may choose a connection that has just ended, of which Node tells only afterwards. Not a byte
 * of such a request was sent, so it is like one that still waits for its connection.
 */
export function maySendAgain(attempt: LostAttempt): boolean {
	const code = codeOf(attempt.error);
	if (NEVER_SENT.has(code)) return true;
	return (
		attempt.reusedConnection &&
		!attempt.responseBegan &&
		(SAFE.has(attempt.method) || (attempt.retried && IDEMPOTENT.has(attempt.method))) &&
		HANG_UPS.has(code)
	);
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
const IDEMPOTENT: ReadonlySet<string> = new Set(['PUT', 'DELETE']);
const HANG_UPS: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const NEVER_SENT: ReadonlySet<string> = new Set(['ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_GOAWAY_SESSION']);

import { HttpError, type RequestLabel } from '../errors.ts';

/**
 * What went wrong with a WebSocket.
 *
 * - `refused-upgrade`: the server answered the handshake with a status other than 101; see `status` and `excerpt`.
 * - `handshake`: the server answered 101, but not as RFC 6455 §4.2.2 demands.
 * - `closed`: the peer closed with a code that means trouble (`closeCode`, `closeReason`), or something was to be sent
 *   after the end.
 * - `lost`: the connection broke without a close frame.
 * - `dead-peer`: the connection stands, but nothing comes and no ping is answered.
 * - `protocol`: the peer sent what RFC 6455 forbids.
 * - `too-large`: a message passed `maxPayloadBytes`.
 * - `not-json`: a message that was read as JSON is none.
 * - `send-timeout`: no connection came back within `sendTimeoutMs` to send the message on.
 * - `gave-up`: `reconnect.maxAttempts` in a row failed; `cause` is what the last one failed with.
 */
export type WebSocketFailure =
	| 'refused-upgrade'
	| 'handshake'
	| 'closed'
	| 'lost'
	| 'dead-peer'
	| 'protocol'
	| 'too-large'
	| 'not-json'
	| 'send-timeout'
	| 'gave-up';

/** What is known beside the reason. */
export interface WebSocketErrorDetails {
	readonly closeCode?: number | undefined;
	readonly closeReason?: string | undefined;
	readonly status?: number | undefined;
	readonly excerpt?: string | undefined;
	readonly retryAfterMs?: number | undefined;
	readonly cause?: unknown;
}

/** A WebSocket could not be opened or kept, or a message could not be sent or read. */
export class WebSocketError extends HttpError {
	readonly reason: WebSocketFailure;
	/** The close code (RFC 6455 §7.4); 1006 when the connection ended without one, undefined when it never was open. */
	readonly closeCode: number | undefined;
	/** The text in the peer's close frame. */
	readonly closeReason: string | undefined;
	/** The HTTP status, when the upgrade was refused. */
	readonly status: number | undefined;
	/** The first characters of the refusal's body, for people. */
	readonly excerpt: string | undefined;
	/** How long the refusal's Retry-After asks to wait, in milliseconds. */
	readonly retryAfterMs: number | undefined;

	constructor(request: RequestLabel, reason: WebSocketFailure, detail: string, details: WebSocketErrorDetails = {}) {
		super('ORB_HTTP_WEBSOCKET', request, detail, details.cause);
		this.reason = reason;
		this.closeCode = details.closeCode;
		this.closeReason = details.closeReason;
		this.status = details.status;
		this.excerpt = details.excerpt;
		this.retryAfterMs = details.retryAfterMs;
	}
}

// The tree; each class says what its reader can do about it:
//
//   HttpError                    the base: stable `code`, `method` and `url` of the request, `cause`
//   ├─ InvalidRequestError       the call is wrong: mend it; sending it again cannot help
//   ├─ ConnectError              no byte of a response arrived: the host may be down; later may work
//   ├─ TlsError                  the server could not be authenticated: a person has to look
//   ├─ TimeoutError              a phase took too long: later may work
//   ├─ ConnectionLostError       the response began and was cut: later may work
//   ├─ ProtocolError             what arrived is not HTTP/1.1
//   ├─ HeadersTooLargeError      over `maxHeaderBytes`
//   ├─ BodyTooLargeError         over `maxBodyBytes`, on the wire or decoded
//   ├─ DecodeError               the body is not what its Content-Encoding says
//   ├─ RedirectError             a redirect that must not, or cannot, be followed
//   ├─ StatusError               the answer has an error status, and `ensureOk()` was asked
//   ├─ JsonError                 the body was asked for as JSON and is none
//   ├─ AuthError                 no credentials could be had: the token function failed, or the challenge is unknown
//   ├─ DownloadError             what arrived must not become the file (download/download-error.ts)
//   ├─ WebSocketError            the socket could not be opened or kept (websocket/websocket-error.ts)
//   └─ AbortedError              the caller's signal or `destroy()` ended it

/** The request an error belongs to. `url` never holds a user name or password. */
export interface RequestLabel {
	readonly method: string;
	readonly url: string;
}

/** The stable codes of {@link HttpError.code}. */
export type HttpErrorCode =
	| 'ORB_HTTP_INVALID_REQUEST'
	| 'ORB_HTTP_CONNECT'
	| 'ORB_HTTP_TLS'
	| 'ORB_HTTP_TIMEOUT'
	| 'ORB_HTTP_CONNECTION_LOST'
	| 'ORB_HTTP_PROTOCOL'
	| 'ORB_HTTP_HEADERS_TOO_LARGE'
	| 'ORB_HTTP_BODY_TOO_LARGE'
	| 'ORB_HTTP_DECODE'
	| 'ORB_HTTP_REDIRECT'
	| 'ORB_HTTP_STATUS'
	| 'ORB_HTTP_JSON'
	| 'ORB_HTTP_AUTH'
	| 'ORB_HTTP_DOWNLOAD'
	| 'ORB_HTTP_WEBSOCKET'
	| 'ORB_HTTP_ABORTED';

/** The base of every error this package throws. The message is one sentence that names the method and the URL. */
export class HttpError extends Error {
	/** Stable: safe to log, count and compare. */
	readonly code: HttpErrorCode;
	/** The method of the request, `undefined` when the error came before there was one. */
	readonly method: string | undefined;
	/** The URL asked for, without credentials; `undefined` when the error came before there was one. */
	readonly url: string | undefined;

	constructor(code: HttpErrorCode, request: RequestLabel | undefined, message: string, cause?: unknown) {
		const text = request === undefined ? message : `${request.method} ${request.url} ${message}`;
		super(text, cause === undefined ? undefined : { cause });
		this.name = new.target.name;
		this.code = code;
		this.method = request?.method;
		this.url = request?.url;
	}
}

/** A URL, option or header that cannot be used. The message names it, its value and what would do. */
export class InvalidRequestError extends HttpError {
	constructor(message: string, request?: RequestLabel, cause?: unknown) {
		super('ORB_HTTP_INVALID_REQUEST', request, message, cause);
	}
}

/**
 * Why no response began. `closed`: the peer hung up politely; `proxy`: the proxy would not open a way;
 * `proxy-credentials`: it asks for other ones (407), so that asking again cannot help.
 */
export type ConnectFailure =
	| 'refused'
	| 'reset'
	| 'closed'
	| 'unreachable'
	| 'dns'
	| 'proxy'
	| 'proxy-credentials'
	| 'other';

/** Not one byte of a response arrived: refused, reset, hung up on, or the name did not resolve. */
export class ConnectError extends HttpError {
	readonly reason: ConnectFailure;

	constructor(request: RequestLabel, reason: ConnectFailure, detail: string, cause: unknown) {
		super('ORB_HTTP_CONNECT', request, `got no response: ${detail}`, cause);
		this.reason = reason;
	}
}

/** The TLS handshake failed, or the certificate is not trusted. */
export class TlsError extends HttpError {
	constructor(request: RequestLabel, detail: string, cause: unknown) {
		super('ORB_HTTP_TLS', request, `could not be secured: ${detail}`, cause);
	}
}

/** The part of a request that a timeout limits; see `Timeouts`. */
export type TimeoutPhase = 'pool' | 'connect' | 'headers' | 'read' | 'total';

const PHASE_TEXT: Record<TimeoutPhase, string> = {
	pool: 'was given no slot',
	connect: 'could not connect',
	headers: 'sent no response headers',
	read: 'sent no more of the body',
	total: 'did not finish',
};

/** A phase of the request took longer than its limit. */
export class TimeoutError extends HttpError {
	readonly phase: TimeoutPhase;
	readonly limitMs: number;

	constructor(request: RequestLabel, phase: TimeoutPhase, limitMs: number, cause?: unknown) {
		super('ORB_HTTP_TIMEOUT', request, `${PHASE_TEXT[phase]} within ${limitMs} ms (${phase}Ms)`, cause);
		this.phase = phase;
		this.limitMs = limitMs;
	}
}

/** The connection ended after the response began and before it was whole. What arrived is not handed out. */
export class ConnectionLostError extends HttpError {
	constructor(request: RequestLabel, detail: string, cause: unknown) {
		super('ORB_HTTP_CONNECTION_LOST', request, `was cut off: ${detail}`, cause);
	}
}

/** What the server sent cannot be read as HTTP/1.1 (RFC 9112). */
export class ProtocolError extends HttpError {
	constructor(request: RequestLabel, detail: string, cause: unknown) {
		super('ORB_HTTP_PROTOCOL', request, `got a malformed response: ${detail}`, cause);
	}
}

/** The response headers passed `maxHeaderBytes`; the connection was destroyed. */
export class HeadersTooLargeError extends HttpError {
	readonly limitBytes: number;

	constructor(request: RequestLabel, limitBytes: number, cause: unknown) {
		super('ORB_HTTP_HEADERS_TOO_LARGE', request, `sent more than ${limitBytes} bytes of headers`, cause);
		this.limitBytes = limitBytes;
	}
}

/** The body passed `maxBodyBytes`, on the wire or when decoded; the connection was destroyed, not read to its end. */
export class BodyTooLargeError extends HttpError {
	readonly limitBytes: number;

	constructor(request: RequestLabel, limitBytes: number, what: string) {
		super('ORB_HTTP_BODY_TOO_LARGE', request, `has a body over ${limitBytes} bytes (${what})`);
		this.limitBytes = limitBytes;
	}
}

/** The body does not follow its Content-Encoding, or ends too early. */
export class DecodeError extends HttpError {
	/** The Content-Encoding as sent. */
	readonly contentEncoding: string;

	constructor(request: RequestLabel, contentEncoding: string, detail: string, cause?: unknown) {
		super('ORB_HTTP_DECODE', request, `has a body that cannot be decoded as "${contentEncoding}": ${detail}`, cause);
		this.contentEncoding = contentEncoding;
	}
}

/** Why a redirect was not followed. */
export type RedirectFailure = 'invalid-location' | 'unsupported-scheme' | 'loop' | 'too-many' | 'body-spent';

/** A redirect that must not, or cannot, be followed. */
export class RedirectError extends HttpError {
	readonly reason: RedirectFailure;

	constructor(request: RequestLabel, reason: RedirectFailure, detail: string) {
		super('ORB_HTTP_REDIRECT', request, `redirects ${detail}`);
		this.reason = reason;
	}
}

/** The response has a status of 400 or more. Thrown only by `ensureOk()`: otherwise a status is an answer, not an error. */
export class StatusError extends HttpError {
	readonly status: number;
	/** The first characters of the body, for people. */
	readonly excerpt: string;

	constructor(request: RequestLabel, status: number, statusText: string, excerpt: string) {
		const shown = excerpt === '' ? '' : `: ${excerpt}`;
		super('ORB_HTTP_STATUS', request, `answered ${status} ${statusText}`.trimEnd() + shown);
		this.status = status;
		this.excerpt = excerpt;
	}
}

/** A body that was asked for as JSON and is none; `cause` is the parser's error. */
export class JsonError extends HttpError {
	/** The first characters of the body, for people. */
	readonly excerpt: string;

	constructor(request: RequestLabel, excerpt: string, cause: unknown) {
		const detail = excerpt === '' ? 'has an empty body, not JSON' : `has a body that is not JSON: ${excerpt}`;
		super('ORB_HTTP_JSON', request, detail, cause);
		this.excerpt = excerpt;
	}
}

/** No credentials could be had for the request; `cause` is what the token function threw, if it did. */
export class AuthError extends HttpError {
	constructor(request: RequestLabel, detail: string, cause?: unknown) {
		super('ORB_HTTP_AUTH', request, `could not be authorized: ${detail}`, cause);
	}
}

/** The caller's signal, or `destroy()`, ended the request; `cause` is the signal's reason. */
export class AbortedError extends HttpError {
	constructor(request: RequestLabel, detail: string, cause?: unknown) {
		super('ORB_HTTP_ABORTED', request, `was aborted: ${detail}`, cause);
	}
}

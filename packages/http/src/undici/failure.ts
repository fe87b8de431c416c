import { errors } from 'undici';
import {
	ConnectError,
	type ConnectFailure,
	ConnectionLostError,
	HeadersTooLargeError,
	HttpError,
	InvalidRequestError,
	ProtocolError,
	type RequestLabel,
	TimeoutError,
	TlsError,
} from '../errors.ts';
import { BodySourceError } from '../request-body/body-source-error.ts';
import { isTlsCode } from '../tls/tls-codes.ts';
import { http2Detail, isForbiddenInHttp2, isHttp2Violation } from './h2-failure.ts';

/** How far the exchange had come, and the limits it ran under. */
export interface FailurePoint {
	/** A byte of a response arrived. */
	readonly responseBegan: boolean;
	/** The headers of the response were complete. */
	readonly headersEnded: boolean;
	readonly connectMs: number;
	readonly maxHeaderBytes: number;
}

/** Turns what undici, the socket or OpenSSL reports into one of our errors. */
export function classify(error: Error, request: RequestLabel, point: FailurePoint): HttpError {
	if (error instanceof HttpError) return error;
	if (error instanceof BodySourceError) {
		return new InvalidRequestError(`cannot be sent: ${error.message}`, request, error.cause);
	}
	const code = codeOf(error);
	const detail = `${error.message || code}.`.replace(/\.\.$/, '.');
	if (code === 'UND_ERR_HEADERS_OVERFLOW') return new HeadersTooLargeError(request, point.maxHeaderBytes, error);
	if (code === 'UND_ERR_CONNECT_TIMEOUT' || (code === 'ETIMEDOUT' && !point.responseBegan)) {
		return new TimeoutError(request, 'connect', point.connectMs, error);
	}
	if (code === 'UND_ERR_INVALID_ARG' && /\(407\)/.test(error.message)) {
		return new ConnectError(
			request,
			'proxy-credentials',
			'the proxy asks for other credentials (407). Give user name and password in its URL.',
			error,
		);
	}
	if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
		return new InvalidRequestError('cannot be sent: its body is not as long as its Content-Length.', request, error);
	}
	if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
		return new InvalidRequestError(`cannot be sent: ${detail}`, request, error);
	}
	// A broken record in the midst of a response is a lost connection; who the server is was settled before.
	if (isTlsCode(code) && !point.responseBegan) return new TlsError(request, tlsDetail(code, detail), error);
	if (isForbiddenInHttp2(error))
		return new InvalidRequestError(`cannot be sent over HTTP/2: ${detail}`, request, error);
	if (isHttp2Violation(error)) return new ProtocolError(request, http2Detail(error, detail), error);
	if (error instanceof errors.ResponseContentLengthMismatchError) {
		// undici also says this of headers it cannot parse, once a Content-Length was among them.
		return point.headersEnded
			? new ConnectionLostError(request, 'the response is shorter than it announced.', error)
			: new ProtocolError(request, 'its headers do not follow HTTP/1.1.', error);
	}
	if (error instanceof errors.HTTPParserError) {
		// The error has no code to tell the two apart by (undici 8.12).
		return error.message.includes('EOF')
			? new ConnectionLostError(request, 'the response is not whole.', error)
			: new ProtocolError(request, detail, error);
	}
	if (error instanceof errors.SocketError && /^bad /.test(error.message)) {
		return new ProtocolError(request, 'it does not answer the request.', error);
	}
	// undici (8.12) asserts what a server may break: a status below 100.
	if (code === 'ERR_ASSERTION') return new ProtocolError(request, 'it has no status that there is.', error);
	if (point.responseBegan) return new ConnectionLostError(request, detail, error);
	return new ConnectError(request, reasonOf(code), detail, error);
}

const REASONS: ReadonlyMap<string, ConnectFailure> = new Map([
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'reset'],
	['EPIPE', 'reset'],
	['UND_ERR_SOCKET', 'closed'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['EADDRNOTAVAIL', 'unreachable'],
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['EAI_FAIL', 'dns'],
	['ORB_PROXY', 'proxy'],
	['ORB_PROXY_CREDENTIALS', 'proxy-credentials'],
	['UND_ERR_INFO', 'closed'], // The end of an HTTP/2 connection or stream.
	['ERR_HTTP2_STREAM_ERROR', 'reset'],
	['ERR_HTTP2_SESSION_ERROR', 'reset'],
	['ERR_STREAM_PREMATURE_CLOSE', 'reset'], // The server reset a stream of HTTP/2 while the request was being written.
]);

/** What OpenSSL says of a server that answers in plain text. */
function tlsDetail(code: string, detail: string): string {
	// OpenSSL's own words are a line of addresses and file names.
	return NOT_TLS.has(code) ? 'the server does not speak TLS on this port; is it an http: URL?' : detail;
}

const NOT_TLS: ReadonlySet<string> = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

function reasonOf(code: string): ConnectFailure {
	return REASONS.get(code) ?? 'other';
}

/** The code of a system, TLS or undici error, empty when it has none. */
export function codeOf(error: Error): string {
	return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

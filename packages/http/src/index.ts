export type { BufferedResponse, ResponseTimings } from './buffered-response.ts';
export { nearestName } from './check-names.ts';
export type { HttpClientOptions, TlsOptions } from './client-options.ts';
export {
	AbortedError,
	BodyTooLargeError,
	ConnectError,
	type ConnectFailure,
	ConnectionLostError,
	DecodeError,
	HeadersTooLargeError,
	HttpError,
	type HttpErrorCode,
	InvalidRequestError,
	ProtocolError,
	RedirectError,
	type RedirectFailure,
	type RequestLabel,
	TimeoutError,
	type TimeoutPhase,
	TlsError,
} from './errors.ts';
export { HttpClient } from './http-client.ts';
export type { ReadOptions, ResponseHead } from './read-options.ts';
export { type RedirectTarget, redirectTarget } from './redirect-target.ts';
export type { RequestHeaders } from './request-headers.ts';
export type { ResponseHeaders } from './response-headers.ts';
export { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts';
export type { ClientStats } from './undici/transport.ts';

export type { Auth, AuthChallenge, AuthRequest } from './auth/auth.ts';
export { basicAuth } from './auth/basic-auth.ts';
export { type BearerAuthOptions, bearerAuth, type GetToken } from './auth/bearer-auth.ts';
export { digestAuth } from './auth/digest-auth.ts';
export type { BearerToken } from './auth/token-grant.ts';
export type { BatchProgress } from './batch/run-batch.ts';
export type { BufferedResponse, ResponseTimings } from './buffered-response.ts';
export type { HttpCacheOptions } from './cache/cache-options.ts';
export type { CacheEntry, CacheStore } from './cache/cache-store.ts';
export { MemoryCacheStore, type MemoryCacheStoreOptions } from './cache/memory-cache-store.ts';
export type { Selection } from './cache/selection.ts';
export { nearestName } from './check-names.ts';
export type { BatchOptions, BatchRequest, BatchResult, DetailedBatchRequest } from './client-batch.ts';
export type { HttpClientOptions, LimitOptions, RateLimitOptions } from './client-options.ts';
export type { Cookie } from './cookies/cookie.ts';
export { CookieJar, type CookieJarData, type CookieJarOptions } from './cookies/cookie-jar.ts';
export type { DnsOptions } from './dns/dns-options.ts';
export type { Validator } from './download/answers/validators.ts';
export { BandwidthLimit } from './download/bandwidth-limit.ts';
export { DownloadError, type DownloadErrorFacts, type DownloadFailure } from './download/download-error.ts';
export type { DownloadOptions, DownloadRetryOptions } from './download/download-options.ts';
export type { DownloadResult } from './download/download-result.ts';
export type { DownloadProgress } from './download/progress-meter.ts';
export {
	AbortedError,
	AuthError,
	BodyTooLargeError,
	ConnectError,
	type ConnectFailure,
	ConnectionLostError,
	DecodeError,
	HeadersTooLargeError,
	HttpError,
	type HttpErrorCode,
	InvalidRequestError,
	JsonError,
	ProtocolError,
	RedirectError,
	type RedirectFailure,
	type RequestLabel,
	StatusError,
	TimeoutError,
	type TimeoutPhase,
	TlsError,
} from './errors.ts';
export type {
	BodyEvent,
	CallEvent,
	EndEvent,
	ErrorEvent,
	HttpEvents,
	HttpHooks,
	RedirectEvent,
	RequestEvent,
	ResponseEvent,
	RetryEvent,
} from './events/events.ts';
export type { Har, HarEntry, HarPair } from './har/har.ts';
export { type HarOptions, HarRecorder } from './har/har-recorder.ts';
export { type ClientStats, HttpClient } from './http-client.ts';
export { type RateLimitCallOptions, type RateLimited, rateLimit } from './limits/rate-limit.ts';
export type { MockRequest } from './mock/mock-request.ts';
export { type MockAnswer, type MockHandler, MockTransport } from './mock/mock-transport.ts';
export type { ReadOptions, ResponseHead } from './read-options.ts';
export { type RedirectTarget, redirectTarget } from './redirect-target.ts';
export type { FormFields } from './request-body/form-body.ts';
export type { BodyOptions } from './request-body/make-body.ts';
export type { MultipartFields } from './request-body/multipart-body.ts';
export type { BodySource } from './request-body/source-body.ts';
export type { RequestHeaders } from './request-headers.ts';
export type { RequestOptions } from './request-options.ts';
export type { QueryParameters } from './resolve-url.ts';
export { HttpResponse, type HttpTimings } from './response/http-response.ts';
export type { ResponseHeaders } from './response-headers.ts';
export { parseRetryAfter } from './retry/retry-after.ts';
export type { RetryOptions } from './retry/retry-options.ts';
export { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts';
export { type PublicKeyPins, publicKeyPin } from './tls/pins.ts';
export type { TlsOptions } from './tls/tls-options.ts';
export type { Transport } from './transport/transport.ts';
export { WebSocketConnection } from './websocket/connection.ts';
export type { JsonOptions } from './websocket/json-messages.ts';
export type { WebSocketState } from './websocket/link.ts';
export type { ReconnectEvent, ReconnectOptions } from './websocket/reconnect-options.ts';
export type { ResumeOptions } from './websocket/resume.ts';
export type { WebSocketClose } from './websocket/socket-session.ts';
export type { WebSocketData } from './websocket/waiting-sends.ts';
export { WebSocketError, type WebSocketErrorDetails, type WebSocketFailure } from './websocket/websocket-error.ts';
export { type MessageId, WebSocketMessage } from './websocket/websocket-message.ts';
export type {
	WebSocketOpenEvent,
	WebSocketOptions,
	WebSocketReconnectEvent,
} from './websocket/websocket-options.ts';

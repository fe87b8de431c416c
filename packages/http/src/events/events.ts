import type { ResponseHeaders } from '../response-headers.ts';

/** What all events of one call have in common. */
export interface CallEvent {
	/** The number of the call, growing, unique in the process. */
	readonly callId: number;
	readonly method: string;
	/** Without credentials. */
	readonly url: string;
}

/** A request is about to be sent, or looked up in the cache: once for each try and each redirect. */
export interface RequestEvent extends CallEvent {
	/** As they are sent, with the cookies and credentials that the client adds. Names in lower case. */
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** Tries that were repeated before. */
	readonly retries: number;
	/** Length of the body where it is known; 0 without one. */
	readonly bodyBytes: number | undefined;
	/** The body where it is in memory. */
	readonly body: string | Uint8Array | undefined;
}

/** The headers of a response are complete. */
export interface ResponseEvent extends CallEvent {
	readonly status: number;
	readonly statusText: string;
	readonly headers: ResponseHeaders;
	/** Milliseconds from the call's beginning to the request written, and to this moment. */
	readonly sentMs: number;
	readonly headersMs: number;
	/** Set when the cache had a part in it. */
	readonly cacheStatus: 'hit' | 'revalidated' | 'stale' | undefined;
}

/** The exchange is over: its connection is free or gone. */
export interface EndEvent extends CallEvent {
	/** Bytes of the body that arrived, before decoding. */
	readonly wireBytes: number;
	/** Milliseconds from the call's beginning. */
	readonly totalMs: number;
}

/** A whole body was read, decoded: by `text`, `json`, `bytes`, `read` or `batch`. */
export interface BodyEvent extends CallEvent {
	readonly bytes: Buffer;
}

/** A request will be sent again. */
export interface RetryEvent extends CallEvent {
	/** 1 for the first repetition. */
	readonly retry: number;
	readonly delayMs: number;
	/** The status that was answered, when there was an answer. */
	readonly status: number | undefined;
	readonly error: unknown;
}

/** A redirect is followed. */
export interface RedirectEvent extends CallEvent {
	readonly status: number;
	readonly to: string;
}

/** The call failed for good. */
export interface ErrorEvent extends CallEvent {
	readonly error: unknown;
}

/** What happens in a client, by name. */
export interface HttpEvents {
	readonly request: RequestEvent;
	readonly response: ResponseEvent;
	readonly end: EndEvent;
	readonly body: BodyEvent;
	readonly retry: RetryEvent;
	readonly redirect: RedirectEvent;
	readonly error: ErrorEvent;
}

/**
 * Functions that are told what happens; for one client, as its option `hooks`. They look on: what they return is
 * ignored, and what they throw becomes a warning of the process and not an error of the request.
 */
export interface HttpHooks {
	readonly onRequest?: (event: RequestEvent) => void;
	readonly onResponse?: (event: ResponseEvent) => void;
	readonly onEnd?: (event: EndEvent) => void;
	readonly onBody?: (event: BodyEvent) => void;
	readonly onRetry?: (event: RetryEvent) => void;
	readonly onRedirect?: (event: RedirectEvent) => void;
	readonly onError?: (event: ErrorEvent) => void;
}

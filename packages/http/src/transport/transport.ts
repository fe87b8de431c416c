import type { RequestLabel } from '../errors.ts';
import type { RequestBody } from '../request-body/request-body.ts';
import type { HeaderList } from '../request-headers.ts';
import type { ResponseBody } from '../response/response-body.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import type { Timeouts } from '../timeouts.ts';

/** One request on its way out: a redirect, a retry and a replay each make another one. */
export interface TransportRequest extends RequestLabel {
	readonly origin: string;
	/** Path and query. */
	readonly path: string;
	readonly headers: HeaderList;
	readonly body: RequestBody | undefined;
	readonly timeouts: Timeouts;
	/** When the whole call must be over, in terms of `performance.now()`. */
	readonly totalAt: number;
	/** Whether the caller set `totalMs`; otherwise it does not limit a body that is iterated. */
	readonly totalIsOwn: boolean;
	readonly maxHeaderBytes: number;
	/** Limit of a body that is iterated; `Infinity` unless the caller set one. */
	readonly maxStreamBytes: number;
	/** False hands the body out as the server encoded it. */
	readonly decode: boolean;
	readonly proxy: string | undefined;
	readonly signal: AbortSignal | undefined;
	/** The caller lets requests of this method be tried again. Default false. */
	readonly retried?: boolean;
	/** The call it belongs to, for those who watch. */
	readonly call?: CallFacts;
	/** The request is being written to a connected socket; called again when it is resent. */
	onSent(): void;
	/** The connection is free or gone. Called once, whatever became of the request. */
	onFinished(): void;
	/** It waited so long for a slot, which is not part of the call's time: `totalAt` moves. */
	onWaited?(waitedMs: number): void;
	/**
	 * The `Authorization` of this moment, for a request that had to wait for its slot: what it was given before may have run
	 * out meanwhile. A promise when there is none at hand; resolved, it is worth asking again.
	 */
	authorizeAgain?(): string | undefined | Promise<string | undefined>;
}

/** What a request knows of its call. */
export interface CallFacts {
	readonly callId: number;
	/** When the call began. */
	readonly calledAt: number;
	/** Tries that were repeated before this request. */
	readonly retries: number;
}

/** A response whose headers are complete. Times are those of `performance.now()`. */
export interface TransportResponse {
	readonly status: number;
	readonly statusText: string;
	readonly headers: ResponseHeaders;
	readonly body: ResponseBody;
	readonly sentAt: number;
	readonly headersAt: number;
	/** Set when the cache had a part in it. */
	readonly cacheStatus?: 'hit' | 'revalidated' | 'stale';
}

/** What sends requests: connections, or a `MockTransport` in tests. Everything else of a client lies above it. */
export interface Transport {
	/** One request, one response. Rejects with an HttpError when no response began. */
	send(request: TransportRequest): Promise<TransportResponse>;
	readonly stats: TransportStats;
	/** Closes idle connections and, as they fall idle, the others. Nothing is sent after this. */
	close(): Promise<void>;
	/** Fails what is in flight with AbortedError and closes all connections. */
	destroy(): Promise<void>;
}

/** What a transport is doing now. */
export interface TransportStats {
	/** Origins and proxies with a connection or a request. */
	readonly pools: number;
	/** Open connections, idle ones included. */
	readonly connections: number;
}

/** Sends one request. Layers such as cookies, credentials and the cache wrap one into another. */
export type Send = (request: TransportRequest) => Promise<TransportResponse>;

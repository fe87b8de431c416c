import type { ResponseHeaders } from '../response-headers.ts';
import type { Selection } from './selection.ts';

/** One stored response. All of it but `body` is plain data that survives JSON. */
export interface CacheEntry {
	readonly method: 'GET' | 'HEAD';
	readonly status: number;
	readonly statusText: string;
	/** They describe `body`, which is decoded: there is no Content-Encoding, and Content-Length is its length. */
	readonly headers: ResponseHeaders;
	/** Which requests it may answer. */
	readonly selection: Selection;
	/** When its headers arrived, in milliseconds since the epoch. */
	readonly receivedAt: number;
	/** How old it was at that time, in seconds (RFC 9111 §4.2.3). */
	readonly ageSecs: number;
	/** How old it may become before it is stale, in seconds (RFC 9111 §4.2.1). */
	readonly freshSecs: number;
	readonly body: Buffer;
}

/**
 * Where a cache keeps its responses: `MemoryCacheStore`, or one of your own on disk or on another machine.
 *
 * What a store throws or rejects with, and an answer that takes over two seconds, never fails a request: the client goes
 * on as if nothing were stored, and warns once. A store may forget anything at any time. Methods are not called for the
 * same key at the same time by one client; where several clients share a store, the last one to write wins. What a store
 * fails to delete may be handed out until it is stale.
 */
export interface CacheStore {
	/** The responses stored for a URL, the newest first: several where they vary by request headers. */
	get(key: string): readonly CacheEntry[] | undefined | Promise<readonly CacheEntry[] | undefined>;
	/** Replaces all responses of a URL. `key` is the URL without its fragment. */
	set(key: string, entries: readonly CacheEntry[]): unknown;
	/** Forgets all responses of a URL, if there are any. */
	delete(key: string): unknown;
}

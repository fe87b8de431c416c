import { LRUCache } from 'lru-cache';
import type { HeaderList } from '../request-headers.ts';
import type { TransportRequest } from '../transport/transport.ts';
import type { CacheEntry, CacheStore } from './cache-store.ts';
import { GuardedStore } from './guarded-store.ts';
import { keyOf } from './invalidation.ts';
import { selects } from './selection.ts';
import { sameValidators } from './validators.ts';

/** A URL whose responses vary by a cookie would otherwise collect one for each. */
const MAX_VARIANTS = 16;

/** A URL that was invalidated is remembered until so many others were; it matters only to requests in flight. */
const REMEMBERED_KEYS = 1_000;

/** When a response was asked for and when it is stored. */
export interface StoringTime {
	/** {@link StoredResponses.moment} before its request was sent. */
	readonly since: number;
	/** In milliseconds since the epoch. */
	readonly now: number;
}

/**
 * The responses in a store, found by request. Nobody has to wait until a change is written: whoever asks for the same URL
 * later is answered after it.
 */
export class StoredResponses {
	readonly #store: GuardedStore;
	/** When a key was forgotten, counted in invalidations. */
	readonly #forgotten = new LRUCache<string, number>({ max: REMEMBERED_KEYS });
	#invalidations = 0;

	constructor(store: CacheStore) {
		this.#store = new GuardedStore(store);
	}

	/** The newest response that may answer the request: to HEAD, one to GET as well (RFC 9111 §4). */
	async find(request: TransportRequest): Promise<CacheEntry | undefined> {
		const entries = await this.#store.read(keyOf(request));
		return entries.find((entry) => answers(entry, request.method, request.headers));
	}

	/** A mark of this moment, for {@link add}. */
	moment(): number {
		return this.#invalidations;
	}

	/**
	 * Stores a response in place of those that answer the same requests, unless a newer one is there by now, or the URL
	 * was invalidated since its request was sent: it may show what was there before.
	 */
	add(request: TransportRequest, entry: CacheEntry, { since, now }: StoringTime): void {
		const key = keyOf(request);
		void this.#store.change(key, (entries) => {
			if ((this.#forgotten.get(key) ?? 0) > since) return undefined;
			const others: CacheEntry[] = [];
			for (const other of entries) {
				if (!isReplaced(other, entry, request)) others.push(other);
				else if (isNewer(other, entry, now)) return undefined;
			}
			return [entry, ...others.slice(0, MAX_VARIANTS - 1)];
		});
	}

	/** Forgets the response that would answer the request. */
	remove(request: TransportRequest): void {
		void this.#store.change(keyOf(request), (entries) =>
			entries.filter((entry) => !answers(entry, request.method, request.headers)),
		);
	}

	/** Forgets all responses of these keys, and those that are on their way. */
	invalidate(keys: readonly string[]): void {
		this.#invalidations += 1;
		for (const key of keys) {
			this.#forgotten.set(key, this.#invalidations);
			void this.#store.forget(key);
		}
	}
}

function answers({ method, selection }: CacheEntry, asked: string, headers: HeaderList): boolean {
	return (method === asked || (asked === 'HEAD' && method === 'GET')) && selects(selection, headers);
}

/** A response of the future is not newer: the clock was wrong then, or is now. */
function isNewer({ receivedAt }: CacheEntry, entry: CacheEntry, now: number): boolean {
	return receivedAt > entry.receivedAt && receivedAt <= now;
}

function isReplaced(old: CacheEntry, entry: CacheEntry, request: TransportRequest): boolean {
	if (!selects(old.selection, request.headers)) return false;
	// HEAD brings no body to replace that of a GET, but may tell that it is out of date (RFC 9111 §4.3.5).
	if (entry.method === 'HEAD' && old.method === 'GET') return !sameValidators(old.headers, entry.headers);
	return true;
}

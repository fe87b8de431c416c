import { requireKnownNames } from '../check-names.ts';
import { flag, wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import type { CacheStore } from './cache-store.ts';
import { MemoryCacheStore } from './memory-cache-store.ts';

/** A client's cache (RFC 9111). Sizes are in bytes. */
export interface HttpCacheOptions {
	/** Where responses are kept. Default: a `MemoryCacheStore` of `maxBytes`, of this client alone. */
	readonly store?: CacheStore;
	/** Limit of the default store; a store of your own has a limit of its own. Default 64 MiB. */
	readonly maxBytes?: number;
	/** A longer body, decoded, is not stored. Default 2 MiB. */
	readonly maxEntryBytes?: number;
	/**
	 * Whether the responses are shown to several people: then what is `private` is not stored, `s-maxage` counts, and what
	 * needed credentials is stored only when the server says so. Default false.
	 */
	readonly shared?: boolean;
	/**
	 * Whether a response that names no lifetime gets one of a tenth of the time since its Last-Modified (§4.2.2), as in
	 * browsers: pages are then served for days without a question. Default false: they are revalidated each time.
	 */
	readonly heuristic?: boolean;
}

/** What decides whether a response may be stored and used again. */
export interface CacheRules {
	readonly shared: boolean;
	readonly heuristic: boolean;
}

/** {@link HttpCacheOptions} with every default filled in. */
export interface CacheSettings extends CacheRules {
	readonly store: CacheStore;
	readonly maxEntryBytes: number;
}

const DEFAULTS = { maxBytes: 64 * 1024 * 1024, maxEntryBytes: 2 * 1024 * 1024, shared: false, heuristic: false };

const NAMES: readonly (keyof HttpCacheOptions)[] = ['store', 'maxBytes', 'maxEntryBytes', 'shared', 'heuristic'];

/**
 * Checks the option `cache` and fills in the defaults; `undefined` when there is to be no cache.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function cacheSettings(option: boolean | HttpCacheOptions | undefined): CacheSettings | undefined {
	if (option === undefined || option === false) return undefined;
	const options = option === true ? {} : option;
	if (typeof options !== 'object' || options === null) {
		throw new InvalidRequestError(`cache is ${String(option)}: give true, false or an object.`);
	}
	requireKnownNames('cache', options, NAMES);
	const { store, maxBytes = DEFAULTS.maxBytes, maxEntryBytes = DEFAULTS.maxEntryBytes } = options;
	if (store !== undefined && options.maxBytes !== undefined) {
		throw new InvalidRequestError('cache has a store and maxBytes, which limits the default store: leave one out.');
	}
	return {
		store: store === undefined ? new MemoryCacheStore({ maxBytes }) : checkedStore(store),
		maxEntryBytes: wholeNumber('cache.maxEntryBytes', maxEntryBytes, 0),
		shared: flag('cache.shared', options.shared ?? DEFAULTS.shared),
		heuristic: flag('cache.heuristic', options.heuristic ?? DEFAULTS.heuristic),
	};
}

function checkedStore(store: CacheStore): CacheStore {
	for (const method of ['get', 'set', 'delete'] as const) {
		if (typeof store[method] === 'function') continue;
		throw new InvalidRequestError(`cache.store has no function ${method}: give an object with get, set and delete.`);
	}
	return store;
}

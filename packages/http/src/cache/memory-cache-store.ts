import { LRUCache } from 'lru-cache';
import { requireKnownNames } from '../check-names.ts';
import { wholeNumber } from '../check-numbers.ts';
import type { CacheEntry, CacheStore } from './cache-store.ts';

/** How much a {@link MemoryCacheStore} holds. */
export interface MemoryCacheStoreOptions {
	/** Limit of bodies, headers and an allowance for their objects. Default 64 MiB. */
	readonly maxBytes?: number;
}

const DEFAULT_BYTES = 64 * 1024 * 1024;

/** What the objects around one entry take, roughly. */
const ENTRY_BYTES = 1024;

/**
 * Keeps responses in memory, and forgets those that were not used for the longest time when there are too many. Give one
 * to several clients as their `cache.store` and they share it.
 */
export class MemoryCacheStore implements CacheStore {
	readonly #maxBytes: number;
	readonly #entries: LRUCache<string, readonly CacheEntry[]>;

	/** @throws InvalidRequestError when `maxBytes` is no whole number from 1. */
	constructor(options: MemoryCacheStoreOptions = {}) {
		requireKnownNames('MemoryCacheStore', options, ['maxBytes']);
		this.#maxBytes = wholeNumber('maxBytes', options.maxBytes ?? DEFAULT_BYTES, 1);
		this.#entries = new LRUCache({ maxSize: this.#maxBytes });
	}

	/** Bytes in use, by the store's own reckoning. */
	get usedBytes(): number {
		return this.#entries.calculatedSize;
	}

	get(key: string): readonly CacheEntry[] | undefined {
		return this.#entries.get(key);
	}

	set(key: string, entries: readonly CacheEntry[]): void {
		const fitting: CacheEntry[] = [];
		let size = 2 * key.length;
		for (const entry of entries) {
			const grown = size + sizeOf(entry);
			if (grown > this.#maxBytes) continue;
			size = grown;
			fitting.push(entry);
		}
		if (fitting.length === 0) this.#entries.delete(key);
		else this.#entries.set(key, fitting, { size });
	}

	delete(key: string): void {
		this.#entries.delete(key);
	}

	/** Forgets everything. */
	clear(): void {
		this.#entries.clear();
	}
}

function sizeOf({ headers, body }: CacheEntry): number {
	let characters = 0;
	for (const [name, value] of Object.entries(headers)) characters += name.length + String(value).length;
	return body.length + 2 * characters + ENTRY_BYTES;
}

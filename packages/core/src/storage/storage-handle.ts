import { SqliteStore, type SqliteStoreOptions } from '../sqlite/sqlite-store.ts';
import { MEMORY } from '../sqlite/storage-path.ts';
import type { CrawlStore } from '../store/crawl-store.ts';

/**
 * Opens a storage when it is needed and closes it when nobody needs it any more, so that a script that only ran a crawl
 * leaves no lock behind, and reading results afterwards just works. A storage in memory is kept until it is disposed of.
 */
export class StorageHandle implements AsyncDisposable {
	readonly path: string;
	#store: CrawlStore | undefined;
	readonly #isOurs: boolean;
	readonly #options: SqliteStoreOptions;
	#users = 0;

	/**
	 * @param storage a path, `':memory:'`, or a store that is open already and stays open.
	 * @param options how a file is opened.
	 */
	constructor(storage: string | CrawlStore, options: SqliteStoreOptions = {}) {
		this.#options = options;
		this.#isOurs = typeof storage === 'string';
		this.path = typeof storage === 'string' ? storage : '(a store of the caller)';
		this.#store = typeof storage === 'string' ? undefined : storage;
	}

	/** The open store. Owed back with `release`. */
	acquire(): CrawlStore {
		this.#store ??= SqliteStore.open(this.path, this.#options);
		this.#users++;
		return this.#store;
	}

	async release(): Promise<void> {
		this.#users--;
		if (this.#users === 0 && this.path !== MEMORY) await this.#close();
	}

	/** Runs `work` on the open store. */
	async use<T>(work: (store: CrawlStore) => Promise<T>): Promise<T> {
		const store = this.acquire();
		try {
			return await work(store);
		} finally {
			await this.release();
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#close();
	}

	async #close(): Promise<void> {
		if (!this.#isOurs) return;
		const store = this.#store;
		this.#store = undefined;
		await store?.close();
	}
}

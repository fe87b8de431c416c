import type { HttpClient } from '@orbweaver/http';
import type { RequestQueue } from '../queue/request-queue.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { CrawlStore, StoreCounts } from '../store/crawl-store.ts';
import type { OpenQueue } from './open-queue.ts';

const NO_COUNTS: StoreCounts = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

export interface SharedQueueOptions {
	readonly storage: StorageHandle;
	/** The queue belongs to the user and stays open. */
	readonly isUsers: boolean;
	open(store: CrawlStore): Promise<OpenQueue>;
}

/** The queue of a crawler: open while a run needs it, or an addition before or during one, and closed after the last. */
export class SharedQueue {
	readonly #options: SharedQueueOptions;
	#opening: Promise<OpenQueue> | undefined;
	#open: OpenQueue | undefined;
	#users = 0;
	#lastCounts: StoreCounts = NO_COUNTS;

	constructor(options: SharedQueueOptions) {
		this.#options = options;
	}

	/** While it is open. */
	get queue(): RequestQueue | undefined {
		return this.#open?.queue;
	}

	/** For pages; while the queue is open. */
	get client(): HttpClient | undefined {
		return this.#open?.clients[0];
	}

	/** Current counts; when the queue is closed, those of then. */
	counts(): StoreCounts {
		return this.queue?.counts() ?? this.#lastCounts;
	}

	/** Opens the queue, or joins those who have it open. Owed back with `release`. */
	async acquire(): Promise<RequestQueue> {
		this.#users++;
		this.#opening ??= this.#begin();
		try {
			this.#open = await this.#opening;
			return this.#open.queue;
		} catch (error) {
			this.#users--;
			this.#opening = undefined;
			throw error;
		}
	}

	/** Answers true when that was the last one, and the queue is closed. */
	async release(): Promise<boolean> {
		this.#users--;
		if (this.#users > 0 || this.#open === undefined) return false;
		const { queue, clients } = this.#open;
		this.#lastCounts = queue.counts();
		this.#open = undefined;
		this.#opening = undefined;
		if (this.#options.isUsers) {
			queue.onChange = () => {};
			queue.onStored = () => {};
		} else {
			await queue.close();
		}
		this.#lastCounts = queue.counts();
		await this.#options.storage.release();
		// What is still being fetched, such as the robots.txt of a slow site, is of no use to anyone now.
		await Promise.all(clients.map((client) => client.destroy()));
		return true;
	}

	async #begin(): Promise<OpenQueue> {
		const { storage, open } = this.#options;
		const store = storage.acquire();
		try {
			return await open(store);
		} catch (error) {
			await storage.release();
			throw error;
		}
	}
}

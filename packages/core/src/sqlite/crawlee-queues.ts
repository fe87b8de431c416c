import type { DatabaseSync } from 'node:sqlite';
import type {
	CrawleeLock,
	CrawleeQueueFacts,
	CrawleeQueueStore,
	KnownCrawleeRequest,
	NewCrawleeRequest,
	PlaceInQueue,
	StoredCrawleeRequest,
} from '../store/crawlee-queue-store.ts';
import { CrawleeQueueTable } from './crawlee-queue-table.ts';
import type { GroupCommit } from './group-commit.ts';

/** The queues of Crawlee's own crawlers, in the shared transactions of the file. */
export class CrawleeQueues implements CrawleeQueueStore {
	readonly #changes: GroupCommit;
	readonly #table: CrawleeQueueTable;

	/** What a process that died had locked is free from here on. */
	constructor(database: DatabaseSync, changes: GroupCommit) {
		this.#changes = changes;
		this.#table = new CrawleeQueueTable(database);
		this.#table.unlockAll();
	}

	open(queue: string): Promise<CrawleeQueueFacts> {
		return this.#changes.run(() => this.#table.open(queue, Date.now()));
	}

	find(queue: string): Promise<CrawleeQueueFacts | undefined> {
		return this.#changes.runNow(() => this.#table.find(queue));
	}

	list(): Promise<CrawleeQueueFacts[]> {
		return this.#changes.runNow(() => this.#table.list());
	}

	rename(queue: string, newName: string): Promise<boolean> {
		return this.#changes.run(() => this.#table.rename(queue, newName));
	}

	drop(queue: string): Promise<void> {
		return this.#changes.run(() => this.#table.drop(queue));
	}

	/** Within the caller's transaction. */
	clear(): void {
		this.#table.clear();
	}

	add(queue: string, requests: readonly NewCrawleeRequest[], place: PlaceInQueue): Promise<KnownCrawleeRequest[]> {
		return this.#changes.run(() => this.#table.add(queue, requests, place, Date.now()));
	}

	update(queue: string, request: NewCrawleeRequest, place: PlaceInQueue): Promise<KnownCrawleeRequest> {
		return this.#changes.run(() => this.#table.update(queue, request, place, Date.now()));
	}

	get(queue: string, id: string): Promise<string | undefined> {
		return this.#changes.runNow(() => this.#table.get(queue, id));
	}

	remove(queue: string, id: string): Promise<void> {
		return this.#changes.run(() => this.#table.remove(queue, id, Date.now()));
	}

	head(queue: string, limit: number): Promise<StoredCrawleeRequest[]> {
		return this.#changes.runNow(() => this.#table.head(queue, limit));
	}

	lockHead(
		queue: string,
		limit: number,
		lock: CrawleeLock,
	): Promise<{ requests: StoredCrawleeRequest[]; hasLocked: boolean }> {
		return this.#changes.runNow(() => this.#table.lockHead(queue, limit, lock, Date.now()));
	}

	prolongLock(queue: string, id: string, lock: CrawleeLock, place: PlaceInQueue): Promise<boolean> {
		return this.#changes.run(() => this.#table.prolongLock(queue, id, lock, place, Date.now()));
	}

	unlock(queue: string, id: string, client: string | undefined, place: PlaceInQueue): Promise<boolean> {
		return this.#changes.run(() => this.#table.unlock(queue, id, client, place));
	}

	freeReserved(): Promise<void> {
		return this.#changes.runNow(() => this.#table.freeReserved());
	}
}

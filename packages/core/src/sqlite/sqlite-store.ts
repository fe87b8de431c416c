import type { DatabaseSync } from 'node:sqlite';
import type { RobotsRecords } from '../robots/robots-cache.ts';
import type {
	AddedRequest,
	CrawlStore,
	FailedRequest,
	LeasedRequest,
	NewRequest,
	PageCommit,
	StoreCounts,
	WaitingDomain,
} from '../store/crawl-store.ts';
import type { CrawleeQueueStore } from '../store/crawlee-queue-store.ts';
import type {
	DatasetFacts,
	ItemRange,
	ItemWalk,
	NewItem,
	OutputPosition,
	RejectedItem,
	StoredItem,
} from '../store/item-store.ts';
import type { KeyRange, RecordFacts, StoredRecord } from '../store/record-store.ts';
import type { RequestHistory } from '../store/request-history.ts';
import { clockStepBack, moveWaits } from './clock.ts';
import { CounterTable } from './counter-table.ts';
import { CrawleeQueues } from './crawlee-queues.ts';
import { type FileLock, lockFile } from './file-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { HistoryTable } from './history-table.ts';
import { ItemTable } from './item-table.ts';
import { type Durability, openDatabase, prepareDatabase } from './open-database.ts';
import { OutputTable } from './output-table.ts';
import { RecordTable } from './record-table.ts';
import { mendCounts } from './recount.ts';
import { RejectedTable } from './rejected-table.ts';
import { RequestTable } from './request-table.ts';
import { retryFailed } from './retry-failed.ts';
import { RobotsTable } from './robots-table.ts';
import { storageFault } from './storage-fault.ts';
import { MEMORY } from './storage-path.ts';

/** How long changes are gathered before they are committed together, in milliseconds. */
const COMMIT_DELAY_MS = 15;
/** How exactly the storage knows when it was last written, in milliseconds. */
const CLOCK_TICK_MS = 1_000;

export interface SqliteStoreOptions {
	readonly durability?: Durability | undefined;
}

/** The embedded store: one SQLite file, or `':memory:'` for the same without a file. */
export class SqliteStore implements CrawlStore {
	readonly path: string;
	/** How many requests a process that died had left unfinished when the file was opened. */
	readonly reclaimed: number;
	readonly robots: RobotsRecords;
	readonly crawleeQueues: CrawleeQueueStore;
	readonly #database: DatabaseSync;
	readonly #lock: FileLock | undefined;
	readonly #changes: GroupCommit;
	readonly #counters: CounterTable;
	readonly #requests: RequestTable;
	readonly #history: HistoryTable;
	readonly #items: ItemTable;
	readonly #rejected: RejectedTable;
	readonly #outputs: OutputTable;
	readonly #records: RecordTable;
	readonly #crawleeQueues: CrawleeQueues;
	#closed = false;

	private constructor(path: string, database: DatabaseSync, lock: FileLock | undefined) {
		this.path = path;
		this.#database = database;
		this.#lock = lock;
		this.#changes = new GroupCommit(database, {
			path,
			delayMs: COMMIT_DELAY_MS,
			beforeCommit: () => this.#save(),
			rolledBack: () => this.#reload(),
		});
		this.#counters = new CounterTable(database);
		this.#requests = new RequestTable(database, this.#counters);
		this.#history = new HistoryTable(database);
		this.#items = new ItemTable(database);
		this.#rejected = new RejectedTable(database, this.#counters);
		this.#outputs = new OutputTable(database);
		this.#records = new RecordTable(database);
		this.#crawleeQueues = new CrawleeQueues(database, this.#changes);
		this.crawleeQueues = this.#crawleeQueues;
		const robots = new RobotsTable(database);
		this.robots = {
			read: (origin) => this.#changes.runNow(() => robots.read(origin)),
			write: (record) => this.#changes.run(() => robots.write(record)),
		};
		this.reclaimed = this.#takeUp();
	}

	/**
	 * Opens the file at `path`, and makes it when it is missing. A file of an older version is brought up to date.
	 *
	 * @param options `durability`: what a commit survives; `'normal'`, the default: a killed process, `'full'`: a power
	 * cut too.
	 * @throws StorageError when the file is not ours, from a newer version, in use, or cannot be opened.
	 */
	static open(path: string, { durability = 'normal' }: SqliteStoreOptions = {}): SqliteStore {
		// Looked at before it is locked: a path that is not ours shall not get a lock file as a neighbour.
		const database = openDatabase(path);
		let lock: FileLock | undefined;
		try {
			lock = path === MEMORY ? undefined : lockFile(path);
			// Only under the lock: two that start at the same moment would both make the tables.
			prepareDatabase(database, path, durability);
			return new SqliteStore(path, database, lock);
		} catch (error) {
			database.close();
			lock?.release();
			throw storageFault(path, 'open', error);
		}
	}

	add(requests: readonly NewRequest[]): Promise<AddedRequest[]> {
		return this.#changes.run(() => {
			const now = Date.now();
			return requests.map((request) => this.#requests.add(request, now));
		});
	}

	lease(domain: string, limit: number): Promise<LeasedRequest[]> {
		return this.#changes.runNow(() => this.#requests.lease(domain, limit, Date.now()));
	}

	commit(page: PageCommit): Promise<ReadonlySet<string>> {
		return this.#changes.run(() => {
			const now = Date.now();
			const domains = new Set<string>();
			// Whoever has lost the lease has lost the page: it is somebody else's to store, once.
			if (!this.#requests.isLeased(page.id)) return domains;
			for (const request of page.requests) if (this.#requests.insert(request, now)) domains.add(request.domain);
			this.#items.push(page.items, page.id, now);
			if (page.rejected) this.#rejected.push(page.rejected, page.id, now);
			if (page.records) this.#records.change(page.records, now);
			this.#history.attempted(page, now);
			const domain = this.#requests.finish(page, now);
			if (domain !== undefined) domains.add(domain);
			return domains;
		});
	}

	release(ids: readonly number[]): Promise<void> {
		return this.#changes.run(() => this.#requests.release(ids));
	}

	domains(limit: number, except: (domain: string) => boolean): Promise<WaitingDomain[]> {
		return this.#changes.runNow(() => {
			this.#keepClock();
			// With nothing handed out, whoever asks has nothing else to wait for.
			if (this.#counters.get('leased') === 0) this.#mendCounts();
			return this.#requests.domains(limit, except, Date.now());
		});
	}

	block(domain: string, until: number): Promise<void> {
		return this.#changes.run(() => this.#requests.block(domain, until));
	}

	failedRequests(range: { offset: number; limit: number }): Promise<FailedRequest[]> {
		return this.#changes.runNow(() => this.#requests.failed(range));
	}

	retryFailed(): Promise<number> {
		return this.#changes.run(() => retryFailed(this.#database, this.#requests, this.#counters));
	}

	history(uniqueKey: string): Promise<RequestHistory | undefined> {
		return this.#changes.runNow(() => this.#history.find(uniqueKey));
	}

	nextDelayed(): number | undefined {
		return this.#requests.nextDelayed();
	}

	counts(): StoreCounts {
		return this.#counters.counts();
	}

	rejectedCount(): number {
		return this.#counters.get('rejected');
	}

	openDataset(name: string): Promise<DatasetFacts> {
		return this.#changes.run(() => this.#items.open(name, Date.now()));
	}

	dataset(name: string): Promise<DatasetFacts | undefined> {
		return this.#changes.runNow(() => this.#items.find(name));
	}

	datasets(): Promise<DatasetFacts[]> {
		return this.#changes.runNow(() => this.#items.list());
	}

	pushItems(items: readonly NewItem[]): Promise<void> {
		return this.#changes.run(() => this.#items.push(items, null, Date.now()));
	}

	readItems(dataset: string, range: ItemRange): Promise<{ total: number; json: string[] }> {
		return this.#changes.runNow(() => this.#items.read(dataset, range));
	}

	itemsAfter(dataset: string, after: number, limit: number, walk?: ItemWalk): Promise<StoredItem[]> {
		return this.#changes.runNow(() => this.#items.after(dataset, after, limit, walk));
	}

	rejectedItems(range: { offset: number; limit: number }): Promise<RejectedItem[]> {
		return this.#changes.runNow(() => this.#rejected.read(range));
	}

	outputPosition(path: string): Promise<OutputPosition | undefined> {
		return this.#changes.runNow(() => this.#outputs.position(path));
	}

	moveOutputPosition(path: string, from: OutputPosition | undefined, to: OutputPosition): Promise<boolean> {
		return this.#changes.run(() => this.#outputs.move(path, from, to));
	}

	renameDataset(name: string, newName: string): Promise<boolean> {
		return this.#changes.run(() => this.#items.rename(name, newName));
	}

	dropDataset(name: string): Promise<void> {
		return this.#changes.run(() => this.#items.drop(name));
	}

	openRecords(store: string): Promise<{ name: string; createdAt: number }> {
		return this.#changes.run(() => this.#records.open(store, Date.now()));
	}

	recordStores(): Promise<{ name: string; createdAt: number }[]> {
		return this.#changes.runNow(() => this.#records.stores());
	}

	getRecord(store: string, key: string): Promise<StoredRecord | undefined> {
		return this.#changes.runNow(() => this.#records.get(store, key));
	}

	setRecord(store: string, record: StoredRecord): Promise<void> {
		return this.#changes.run(() => this.#records.set(store, record, Date.now()));
	}

	deleteRecord(store: string, key: string): Promise<void> {
		return this.#changes.run(() => this.#records.delete(store, key));
	}

	listRecords(store: string, range: KeyRange): Promise<RecordFacts[]> {
		return this.#changes.runNow(() => this.#records.list(store, range));
	}

	renameRecords(store: string, newName: string): Promise<boolean> {
		return this.#changes.run(() => this.#records.rename(store, newName));
	}

	dropRecords(store: string): Promise<void> {
		return this.#changes.run(() => this.#records.drop(store));
	}

	clear(): Promise<void> {
		return this.#changes.runNow(() => {
			this.#items.clear();
			this.#rejected.clear();
			this.#records.clear();
			this.#history.clear();
			this.#crawleeQueues.clear();
			this.#requests.clear(Date.now());
		});
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		this.#changes.close();
		this.#database.close();
		this.#lock?.release();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	/** The first transaction: what a process that died had leased waits again, before the first change is anybody's. */
	#takeUp(): number {
		this.#database.exec('BEGIN IMMEDIATE');
		this.#mendCounts();
		const reclaimed = this.#requests.reclaimLeased();
		// Now nothing is leased, whatever was counted.
		this.#mendCounts();
		this.#save();
		this.#database.exec('COMMIT');
		return reclaimed;
	}

	#mendCounts(): void {
		this.#requests.save();
		if (mendCounts(this.#database, this.#counters)) this.#requests.reload();
	}

	/** The end of every transaction: what is only counted in memory becomes part of it. */
	#save(): void {
		this.#requests.save();
		this.#keepClock();
		this.#counters.save();
	}

	/** What waits for a time keeps waiting as long as it was meant to, although the clock was set back. */
	#keepClock(): void {
		const now = Date.now();
		const stepMs = clockStepBack(this.#counters.get('clock'), now);
		if (stepMs > 0) {
			this.#requests.save();
			moveWaits(this.#database, stepMs);
			this.#requests.reload();
		}
		// Not in every transaction: most of those that only read would else write.
		if (stepMs > 0 || now - this.#counters.get('clock') >= CLOCK_TICK_MS) this.#counters.set('clock', now);
	}

	#reload(): void {
		this.#counters.reload();
		this.#requests.reload();
	}
}

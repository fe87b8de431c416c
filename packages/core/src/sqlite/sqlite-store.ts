import type { DatabaseSync } from 'node:sqlite';
import type { RobotsRecords } from '../robots/robots-cache.ts';
import type {
	AddedRequest,
	CrawlStore,
	DatasetFacts,
	FailedRequest,
	LeasedRequest,
	NewItem,
	NewRequest,
	PageCommit,
	StoreCounts,
	StoredRecord,
	WaitingDomain,
} from '../store/crawl-store.ts';
import { type FileLock, lockFile } from './file-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { ItemTable } from './item-table.ts';
import { MEMORY, openDatabase, prepareDatabase } from './open-database.ts';
import { RecordTable } from './record-table.ts';
import { RequestTable } from './request-table.ts';
import { RobotsTable } from './robots-table.ts';

/** How long changes are gathered before they are committed together, in milliseconds. */
const COMMIT_DELAY_MS = 15;

/** The embedded store: one SQLite file, or `':memory:'` for the same without a file. */
export class SqliteStore implements CrawlStore {
	readonly path: string;
	/** How many requests a process that died had left unfinished when the file was opened. */
	readonly reclaimed: number;
	readonly robots: RobotsRecords;
	readonly #database: DatabaseSync;
	readonly #lock: FileLock | undefined;
	readonly #changes: GroupCommit;
	readonly #requests: RequestTable;
	readonly #items: ItemTable;
	readonly #records: RecordTable;
	#closed = false;

	private constructor(path: string, database: DatabaseSync, lock: FileLock | undefined) {
		this.path = path;
		this.#database = database;
		this.#lock = lock;
		this.#changes = new GroupCommit(database, {
			path,
			delayMs: COMMIT_DELAY_MS,
			rolledBack: () => this.#requests.reload(),
		});
		this.#requests = new RequestTable(database);
		this.#items = new ItemTable(database);
		this.#records = new RecordTable(database);
		const robots = new RobotsTable(database);
		this.robots = {
			read: (origin) => this.#changes.runNow(() => robots.read(origin)),
			write: (record) => this.#changes.run(() => robots.write(record)),
		};
		this.reclaimed = this.#requests.reclaimLeased();
	}

	/**
	 * Opens the file at `path`, and makes it when it is missing.
	 *
	 * @throws StorageError when the file is not ours, from a newer version, in use, or cannot be opened.
	 */
	static open(path: string): SqliteStore {
		// Looked at before it is locked: a path that is not ours shall not get a lock file as a neighbour.
		const database = openDatabase(path);
		let lock: FileLock | undefined;
		try {
			lock = path === MEMORY ? undefined : lockFile(path);
			// Only under the lock: two that start at the same moment would both make the tables.
			prepareDatabase(database, path);
			return new SqliteStore(path, database, lock);
		} catch (error) {
			database.close();
			lock?.release();
			throw error;
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
			this.#requests.finish(page, now);
			return domains;
		});
	}

	release(ids: readonly number[]): Promise<void> {
		return this.#changes.run(() => this.#requests.release(ids));
	}

	domains(limit: number, except: (domain: string) => boolean): Promise<WaitingDomain[]> {
		return this.#changes.runNow(() => this.#requests.domains(limit, except, Date.now()));
	}

	block(domain: string, until: number): Promise<void> {
		return this.#changes.run(() => this.#requests.block(domain, until));
	}

	failedRequests(range: { offset: number; limit: number }): Promise<FailedRequest[]> {
		return this.#changes.runNow(() => this.#requests.failed(range));
	}

	nextDelayed(): number | undefined {
		return this.#requests.nextDelayed();
	}

	counts(): StoreCounts {
		return this.#requests.counts();
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

	readItems(
		dataset: string,
		range: { offset: number; limit: number; desc?: boolean },
	): Promise<{ total: number; json: string[] }> {
		return this.#changes.runNow(() => this.#items.read(dataset, range));
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

	listRecords(
		store: string,
		range: { after?: string | undefined; prefix?: string | undefined; limit: number },
	): Promise<{ key: string; size: number }[]> {
		return this.#changes.runNow(() => this.#records.list(store, range));
	}

	dropRecords(store: string): Promise<void> {
		return this.#changes.run(() => this.#records.drop(store));
	}

	clear(): Promise<void> {
		return this.#changes.runNow(() => {
			for (const table of ['item', 'dataset', 'record', 'record_store']) this.#database.exec(`DELETE FROM ${table}`);
			this.#requests.clear(Date.now());
			this.#items.reload();
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
}

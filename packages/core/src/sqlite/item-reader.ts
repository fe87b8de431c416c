import type { DatabaseSync } from 'node:sqlite';
import type { ItemFilter } from '../store/item-store.ts';
import { foldLog } from './fold-log.ts';
import { itemConditions } from './item-table.ts';
import { openForReading } from './open-database.ts';
import { storageFault } from './storage-fault.ts';

/** Rows that were stored, or those that did not fit their schema. */
export type RowKind = 'items' | 'rejected';

/** Which rows are read. */
export interface RowSelection extends ItemFilter {
	readonly dataset: string;
	readonly which: RowKind;
}

const TABLES: Readonly<Record<RowKind, string>> = { items: 'item', rejected: 'rejected_item' };

/**
 * Reads the rows of a storage file through a connection of its own, all of them as they were when it was opened. A crawl
 * that is running on the file goes on meanwhile; but its log (`-wal`) grows until the reader is closed.
 *
 * Files of older versions are read as they are.
 */
export class ItemReader implements Disposable {
	readonly #path: string;
	readonly #database: DatabaseSync;
	readonly #tables: ReadonlySet<string>;

	private constructor(path: string, database: DatabaseSync) {
		this.#path = path;
		this.#database = database;
		// The first look within a transaction decides on what is seen until its end.
		database.exec('BEGIN');
		const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
		this.#tables = new Set(tables.map(({ name }) => name as string));
	}

	/** @throws StorageError when the file is missing, not ours, from a newer version, or cannot be read. */
	static open(path: string): ItemReader {
		const database = openForReading(path);
		try {
			return new ItemReader(path, database);
		} catch (error) {
			database.close();
			throw storageFault(path, 'open', error);
		}
	}

	/** The names of the datasets that have such rows, or could have. */
	datasets(which: RowKind): string[] {
		return this.#reading(() => {
			const names = this.#names('SELECT name FROM dataset ORDER BY id', 'dataset');
			const rejected = 'SELECT dataset AS name FROM rejected_item GROUP BY dataset ORDER BY min(id)';
			return which === 'items' ? names : [...new Set([...names, ...this.#names(rejected, TABLES.rejected)])];
		});
	}

	/**
	 * The rows as JSON, oldest first; one at a time is in memory. A rejected row is an object of `url`, `reason`,
	 * `rejectedAt` (ISO 8601) and the row itself as `item`.
	 *
	 * @throws StorageError when the file cannot be read any more.
	 */
	*rows({ dataset, which, ...filter }: RowSelection): Generator<string, undefined> {
		if (!this.#tables.has(TABLES[which])) return;
		const { where, values } = itemConditions(filter);
		try {
			const rows = this.#database.prepare(`${SELECTS[which]} ${where} ORDER BY item.id`).iterate(dataset, ...values);
			for (const row of rows) yield which === 'items' ? (row.data as string) : rejectedJson(row);
		} catch (error) {
			throw storageFault(this.#path, 'open', error);
		}
	}

	[Symbol.dispose](): void {
		this.#database.close();
		foldLog(this.#path);
	}

	#names(sql: string, table: string): string[] {
		if (!this.#tables.has(table)) return [];
		return this.#database
			.prepare(sql)
			.all()
			.map(({ name }) => name as string);
	}

	#reading<Result>(read: () => Result): Result {
		try {
			return read();
		} catch (error) {
			throw storageFault(this.#path, 'open', error);
		}
	}
}

/** Both name their table `item`, and its time `added_at`, for the conditions that follow. */
const SELECTS: Readonly<Record<RowKind, string>> = {
	items: 'SELECT item.data FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)',
	rejected: `SELECT item.data, item.reason, item.added_at,
		(SELECT coalesce(url, unique_key) FROM request WHERE request.id = item.request_id) AS url
		FROM (SELECT id, dataset, request_id, rejected_at AS added_at, reason, data FROM rejected_item) AS item
		WHERE item.dataset = ?`,
};

function rejectedJson(row: Record<string, unknown>): string {
	const facts = { url: row.url, reason: row.reason, rejectedAt: new Date(row.added_at as number).toISOString() };
	return `${JSON.stringify(facts).slice(0, -1)},"item":${row.data as string}}`;
}

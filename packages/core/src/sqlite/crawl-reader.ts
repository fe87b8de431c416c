import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import type { FailedRequest, StoreCounts } from '../store/crawl-store.ts';
import type { RequestHistory } from '../store/request-history.ts';
import { foldLog } from './fold-log.ts';
import { HistoryTable } from './history-table.ts';
import { openForReading } from './open-database.ts';
import { storageFault } from './storage-fault.ts';

/** Requests that have something in common, by their state. */
export interface StatusCount<Key> {
	readonly key: Key;
	readonly status: keyof StoreCounts;
	readonly count: number;
}

/** How many pages ended in a span of time. */
export interface TimeSlot {
	/** Milliseconds since the epoch. */
	readonly from: number;
	readonly count: number;
}

/** A page and how long it took, as its row says. */
export interface SlowPage {
	readonly url: string;
	readonly loadMs: number;
}

type Row = Record<string, SQLOutputValue>;

const STATUSES: readonly (keyof StoreCounts)[] = [
	'waiting',
	'delayed',
	'leased',
	'handled',
	'failed',
	'skipped',
	'redirected',
];

/**
 * Looks at the crawl of a storage file through a connection of its own, as it was when this was opened. A crawl that is
 * running on the file goes on meanwhile. Memory does not grow with the crawl.
 */
export class CrawlReader implements Disposable {
	readonly #path: string;
	readonly #database: DatabaseSync;

	private constructor(path: string, database: DatabaseSync) {
		this.#path = path;
		this.#database = database;
		// The first look within a transaction decides on what is seen until its end.
		database.exec('BEGIN');
		const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
		const names = new Set(tables.map(({ name }) => name));
		if (names.has('counter') && names.has('key_seed')) return;
		const why = names.size === 0 ? 'holds no crawl yet' : 'was written by an older Orbweaver';
		throw new StorageError(
			'ORB_STORAGE_UNREADABLE',
			`storage "${path}" ${why}; start the crawl on it once, and look again.`,
		);
	}

	/** @throws StorageError when the file is missing, not ours, of another version, or cannot be read. */
	static open(path: string): CrawlReader {
		const database = openForReading(path);
		try {
			return new CrawlReader(path, database);
		} catch (error) {
			database.close();
			throw storageFault(path, 'open', error);
		}
	}

	/** How many requests are in which state. */
	counts(): StoreCounts {
		const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<keyof StoreCounts, number>;
		for (const { name, value } of this.#all('SELECT name, value FROM counter')) {
			if (name !== null && Object.hasOwn(counts, name as string)) counts[name as keyof StoreCounts] = value as number;
		}
		return counts;
	}

	/** The lists of rows with their lengths. */
	datasets(): { readonly name: string; readonly itemCount: number }[] {
		return this.#all('SELECT name, item_count FROM dataset ORDER BY id').map((row) => ({
			name: row.name as string,
			itemCount: row.item_count as number,
		}));
	}

	/** The states of the requests of those `limit` domains that have the most. */
	domains(limit: number): StatusCount<string>[] {
		return this.#all(
			`WITH largest AS (SELECT domain_id, count(*) AS total FROM request GROUP BY domain_id ORDER BY total DESC, domain_id LIMIT ?)
			SELECT domain.name AS key, request.status, count(*) AS count
			FROM largest JOIN domain ON domain.id = largest.domain_id JOIN request ON request.domain_id = largest.domain_id
			GROUP BY largest.domain_id, request.status ORDER BY largest.total DESC, largest.domain_id, request.status`,
			limit,
		).map((row) => ({ ...statusCount(row), key: row.key as string }));
	}

	/** The states of the requests of each depth, up to `limit` depths. */
	depths(limit: number): StatusCount<number>[] {
		return this.#all(
			`SELECT crawl_depth AS key, status, count(*) AS count FROM request
			WHERE crawl_depth < ? GROUP BY crawl_depth, status ORDER BY crawl_depth, status`,
			limit,
		).map((row) => ({ ...statusCount(row), key: row.key as number }));
	}

	/** How often each HTTP status was the last answer; undefined for requests that ended without one. */
	httpStatuses(): { readonly httpStatus: number | undefined; readonly count: number }[] {
		return this.#all(
			`SELECT http_status, count(*) AS count FROM request
			WHERE status IN ('handled', 'failed', 'redirected') GROUP BY http_status ORDER BY http_status`,
		).map((row) => ({ httpStatus: (row.http_status as number | null) ?? undefined, count: row.count as number }));
	}

	/** The first requests that were given up, in the order of their addition. */
	failed(limit: number): FailedRequest[] {
		return this.#all(
			`SELECT coalesce(request.url, request.unique_key) AS url, request.error, request.http_status,
			coalesce(parent.url, parent.unique_key) AS found_on
			FROM request LEFT JOIN request AS parent ON parent.id = request.parent_id
			WHERE request.status = 'failed' ORDER BY request.id LIMIT ?`,
			limit,
		).map((row) => ({
			url: row.url as string,
			error: row.error as string,
			httpStatus: (row.http_status as number | null) ?? undefined,
			foundOn: (row.found_on as string | null) ?? undefined,
		}));
	}

	/** The time from the first addition to the last page that ended, in `slots` parts; empty before anything has ended. */
	timeline(slots: number): TimeSlot[] {
		const [span] = this.#all('SELECT min(added_at) AS first, max(finished_at) AS last FROM request');
		if (span === undefined || span.last === null) return [];
		const first = span.first as number;
		const widthMs = Math.max(1, Math.ceil(((span.last as number) - first + 1) / slots));
		const counts = new Map(
			this.#all(
				`SELECT max(0, finished_at - CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS slot, count(*) AS count FROM request
				WHERE finished_at IS NOT NULL GROUP BY slot`,
				first,
				widthMs,
			).map(({ slot, count }) => [slot as number, count as number]),
		);
		return Array.from({ length: slots }, (_, slot) => ({ from: first + slot * widthMs, count: counts.get(slot) ?? 0 }));
	}

	/** The pages that took longest, of those whose rows have a number `loadMs`. */
	slowest(limit: number): SlowPage[] {
		return this.#all(
			`SELECT item.data ->> 'url' AS url, item.data ->> 'loadMs' AS load_ms FROM item
			WHERE json_valid(item.data) AND typeof(item.data ->> 'loadMs') IN ('integer', 'real')
			ORDER BY load_ms DESC LIMIT ?`,
			limit,
		).map((row) => ({ url: String(row.url), loadMs: row.load_ms as number }));
	}

	/** All that is known of the request with this key. */
	history(uniqueKey: string): RequestHistory | undefined {
		return this.#reading(() => new HistoryTable(this.#database).find(uniqueKey));
	}

	/** A value of a key-value store. */
	record(store: string, key: string): Uint8Array | undefined {
		const [row] = this.#all(
			'SELECT value FROM record WHERE store_id = (SELECT id FROM record_store WHERE name = ?) AND key = ?',
			store,
			key,
		);
		return row?.value as Uint8Array | undefined;
	}

	[Symbol.dispose](): void {
		this.#database.close();
		foldLog(this.#path);
	}

	#all(sql: string, ...values: (string | number)[]): Row[] {
		return this.#reading(() => this.#database.prepare(sql).all(...values));
	}

	#reading<Result>(read: () => Result): Result {
		try {
			return read();
		} catch (error) {
			throw storageFault(this.#path, 'open', error);
		}
	}
}

function statusCount(row: Row): { readonly status: keyof StoreCounts; readonly count: number } {
	return { status: row.status as keyof StoreCounts, count: row.count as number };
}

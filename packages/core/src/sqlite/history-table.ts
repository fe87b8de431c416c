import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PageCommit, RequestMethod, StoreCounts } from '../store/crawl-store.ts';
import type { FailedAttempt, RequestHistory } from '../store/request-history.ts';
import { type KeyHash, readKeyHash } from './key-hash.ts';

type Row = Record<string, SQLOutputValue>;

/** Longer chains of pages are cut: a calendar that links to its next month for ever makes one of any length. */
const LONGEST_WAY = 1_000;

/** What is remembered of requests beside their state: the `attempt` table, and the way to a page. */
export class HistoryTable {
	readonly #database: DatabaseSync;
	readonly #hash: KeyHash;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#hash = readKeyHash(database);
	}

	/** Remembers a try after which the request is tried again. One that ends the request is in its own row. */
	attempted({ id, outcome }: PageCommit, now: number): void {
		// A redirect back to the same address, with a new cookie, is no failure.
		if (outcome.status !== 'delayed' || outcome.error === '') return;
		this.#database
			.prepare('INSERT INTO attempt (request_id, ended_at, http_status, error) VALUES (?, ?, ?, ?)')
			.run(id, now, outcome.httpStatus ?? null, outcome.error);
	}

	/** All that is known of the request with this key. */
	find(uniqueKey: string): RequestHistory | undefined {
		const row = this.#database
			.prepare(
				`SELECT *, coalesce(url, unique_key) AS address,
				(SELECT count(*) FROM item WHERE request_id = request.id) AS item_count
				FROM request WHERE key_hash = ? AND unique_key = ?`,
			)
			.get(this.#hash(uniqueKey), uniqueKey);
		return row && this.#history(row);
	}

	clear(): void {
		this.#database.exec('DELETE FROM attempt');
	}

	#history(row: Row): RequestHistory {
		const status = row.status as keyof StoreCounts;
		const failedAttempts = this.#attempts(row.id as number);
		const isEnded = row.finished_at !== null && status !== 'skipped';
		return {
			uniqueKey: row.unique_key as string,
			url: row.address as string,
			method: row.method as RequestMethod,
			label: optional<string>(row.label),
			status,
			priority: row.priority as number,
			crawlDepth: row.crawl_depth as number,
			addedAt: row.added_at as number,
			finishedAt: optional<number>(row.finished_at),
			notBefore: status === 'delayed' ? optional<number>(row.not_before) : undefined,
			tries: failedAttempts.length + (isEnded ? 1 : 0),
			failedAttempts,
			httpStatus: optional<number>(row.http_status) ?? failedAttempts.at(-1)?.httpStatus,
			loadedUrl: optional<string>(row.loaded_url),
			error: optional<string>(row.error) || undefined,
			itemCount: row.item_count as number,
			foundOn: this.#way(row.parent_id as number | null),
		};
	}

	#attempts(requestId: number): FailedAttempt[] {
		return this.#database
			.prepare('SELECT ended_at, http_status, error FROM attempt WHERE request_id = ? ORDER BY id')
			.all(requestId)
			.map((row) => ({
				at: row.ended_at as number,
				error: row.error as string,
				httpStatus: optional<number>(row.http_status),
			}));
	}

	/** From the page with the link back to the start; redirects, which nobody sees, are left out. */
	#way(parentId: number | null): string[] {
		const step = this.#database.prepare(
			'SELECT coalesce(url, unique_key) AS url, status, parent_id FROM request WHERE id = ?',
		);
		const way: string[] = [];
		for (let id = parentId; id !== null && way.length < LONGEST_WAY; ) {
			const row = step.get(id);
			if (row === undefined) break;
			if (row.status !== 'redirected') way.push(row.url as string);
			id = row.parent_id as number | null;
		}
		return way;
	}
}

function optional<T>(value: SQLOutputValue | undefined): T | undefined {
	return (value ?? undefined) as T | undefined;
}

import type { DatabaseSync } from 'node:sqlite';
import type { NewRejectedItem, RejectedItem } from '../store/item-store.ts';
import type { CounterTable } from './counter-table.ts';

/** The `rejected_item` table: rows that did not fit their schema. Methods that write need the caller's transaction. */
export class RejectedTable {
	readonly #database: DatabaseSync;
	readonly #counters: CounterTable;

	constructor(database: DatabaseSync, counters: CounterTable) {
		this.#database = database;
		this.#counters = counters;
	}

	push(items: readonly NewRejectedItem[], requestId: number, now: number): void {
		if (items.length === 0) return;
		const insert = this.#database.prepare(
			'INSERT INTO rejected_item (dataset, request_id, rejected_at, reason, data) VALUES (?, ?, ?, ?, ?)',
		);
		for (const { dataset, reason, json } of items) insert.run(dataset, requestId, now, reason, json);
		this.#counters.add('rejected', items.length);
	}

	read({ offset, limit }: { offset: number; limit: number }): RejectedItem[] {
		return this.#database
			.prepare(
				`SELECT dataset, reason, rejected_item.data, rejected_at, coalesce(url, unique_key) AS url
				FROM rejected_item JOIN request ON request.id = request_id ORDER BY rejected_item.id LIMIT ? OFFSET ?`,
			)
			.all(limit, offset)
			.map((row) => ({
				dataset: row.dataset as string,
				json: row.data as string,
				reason: row.reason as string,
				url: row.url as string,
				rejectedAt: row.rejected_at as number,
			}));
	}

	clear(): void {
		this.#database.exec('DELETE FROM rejected_item');
		this.#counters.set('rejected', 0);
	}
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DatasetFacts, NewItem } from '../store/crawl-store.ts';

/** The `dataset` and `item` tables. Methods that write must run within a transaction of the caller's. */
export class ItemTable {
	readonly #database: DatabaseSync;
	readonly #insert: StatementSync;
	readonly #count: StatementSync;
	readonly #ids = new Map<string, number>();

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#insert = database.prepare('INSERT INTO item (dataset_id, request_id, added_at, data) VALUES (?, ?, ?, ?)');
		this.#count = database.prepare('UPDATE dataset SET item_count = item_count + ? WHERE id = ?');
	}

	open(name: string, now: number): DatasetFacts {
		this.#id(name, now);
		return this.find(name) as DatasetFacts;
	}

	find(name: string): DatasetFacts | undefined {
		return this.list().find((dataset) => dataset.name === name);
	}

	list(): DatasetFacts[] {
		const rows = this.#database.prepare('SELECT name, created_at, item_count FROM dataset ORDER BY id').all();
		return rows.map((row) => ({
			name: row.name as string,
			createdAt: row.created_at as number,
			itemCount: row.item_count as number,
		}));
	}

	push(items: readonly NewItem[], requestId: number | null, now: number): void {
		for (const item of items) {
			const id = this.#id(item.dataset, now);
			this.#insert.run(id, requestId, now, item.json);
			this.#count.run(1, id);
		}
	}

	read(name: string, range: { offset: number; limit: number; desc?: boolean }): { total: number; json: string[] } {
		const total = this.find(name)?.itemCount ?? 0;
		const rows = this.#database
			.prepare(
				`SELECT data FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)
				ORDER BY id ${range.desc === true ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
			)
			.all(name, range.limit, range.offset);
		return { total, json: rows.map((row) => row.data as string) };
	}

	drop(name: string): void {
		this.#database.prepare('DELETE FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)').run(name);
		this.#database.prepare('DELETE FROM dataset WHERE name = ?').run(name);
		this.#ids.delete(name);
	}

	/** Forgets what it knows of the rows, after somebody else removed them. */
	reload(): void {
		this.#ids.clear();
	}

	#id(name: string, now: number): number {
		const known = this.#ids.get(name);
		if (known !== undefined) return known;
		this.#database
			.prepare('INSERT INTO dataset (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING')
			.run(name, now);
		const id = this.#database.prepare('SELECT id FROM dataset WHERE name = ?').get(name)?.id as number;
		this.#ids.set(name, id);
		return id;
	}
}

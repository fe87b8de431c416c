import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DatasetFacts, ItemFilter, ItemRange, ItemWalk, NewItem, StoredItem } from '../store/item-store.ts';

/** The dataset that output files follow. */
const FOLLOWED = 'default';
/** The files are still known by their length, but the rows in them are gone: they have to be written from their beginning. */
const OUTPUTS_ANEW = 'UPDATE output_file SET item_id = -1';

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

	read(name: string, range: ItemRange): { total: number; json: string[] } {
		const total = this.find(name)?.itemCount ?? 0;
		const rows = this.#database
			.prepare(
				`SELECT data FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)
				ORDER BY id ${range.desc === true ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
			)
			.all(name, range.limit, range.offset);
		return { total, json: rows.map((row) => row.data as string) };
	}

	after(name: string, id: number, limit: number, walk: ItemWalk = {}): StoredItem[] {
		const { where, values } = itemConditions(walk);
		const [comesAfter, order] = walk.desc === true ? ['<', 'DESC'] : ['>', 'ASC'];
		return this.#database
			.prepare(
				`SELECT item.id, item.data FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)
				AND item.id ${comesAfter} ? ${where} ORDER BY item.id ${order} LIMIT ? OFFSET ?`,
			)
			.all(name, id, ...values, limit, walk.skip ?? 0)
			.map((row) => ({ id: row.id as number, json: row.data as string }));
	}

	rename(name: string, newName: string): boolean {
		this.#ids.delete(name);
		const rename = this.#database.prepare('UPDATE OR IGNORE dataset SET name = ? WHERE name = ?');
		if (rename.run(newName, name).changes !== 1) return false;
		if (name === FOLLOWED || newName === FOLLOWED) this.#database.exec(OUTPUTS_ANEW);
		return true;
	}

	drop(name: string): void {
		this.#database.prepare('DELETE FROM item WHERE dataset_id = (SELECT id FROM dataset WHERE name = ?)').run(name);
		this.#database.prepare('DELETE FROM dataset WHERE name = ?').run(name);
		// Their ids may be given to new rows. Those of other datasets lie before all that come after a followed row.
		if (name === FOLLOWED) this.#database.exec(OUTPUTS_ANEW);
		this.#ids.delete(name);
	}

	/** Forgets what it knows of the rows, after somebody else removed them. */
	reload(): void {
		this.#ids.clear();
	}

	clear(): void {
		this.#database.exec(`DELETE FROM item; DELETE FROM dataset; ${OUTPUTS_ANEW}`);
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

/** A filter as the end of a WHERE clause. */
export function itemConditions({ label, since, until }: ItemFilter): { where: string; values: (string | number)[] } {
	const conditions: [sql: string, value: string | number | undefined][] = [
		['AND item.added_at >= ?', since],
		['AND item.added_at < ?', until],
		['AND (SELECT label FROM request WHERE request.id = item.request_id) = ?', label],
	];
	const given = conditions.filter((condition): condition is [string, string | number] => condition[1] !== undefined);
	return { where: given.map(([sql]) => sql).join(' '), values: given.map(([, value]) => value) };
}

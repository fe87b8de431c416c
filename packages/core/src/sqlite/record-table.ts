import type { DatabaseSync } from 'node:sqlite';
import type { KeyRange, RecordChange, RecordFacts, StoredRecord } from '../store/record-store.ts';

const STORE_ID = '(SELECT id FROM record_store WHERE name = ?)';

/** The `record_store` and `record` tables. Methods that write must run within a transaction of the caller's. */
export class RecordTable {
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	open(store: string, now: number): { name: string; createdAt: number } {
		this.#database
			.prepare('INSERT INTO record_store (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING')
			.run(store, now);
		const row = this.#database.prepare('SELECT created_at FROM record_store WHERE name = ?').get(store);
		return { name: store, createdAt: row?.created_at as number };
	}

	stores(): { name: string; createdAt: number }[] {
		const rows = this.#database.prepare('SELECT name, created_at FROM record_store ORDER BY id').all();
		return rows.map((row) => ({ name: row.name as string, createdAt: row.created_at as number }));
	}

	get(store: string, key: string): StoredRecord | undefined {
		const row = this.#database
			.prepare(`SELECT content_type, value FROM record WHERE store_id = ${STORE_ID} AND key = ?`)
			.get(store, key);
		if (row === undefined) return undefined;
		return { key, contentType: (row.content_type as string | null) ?? undefined, value: row.value as Uint8Array };
	}

	set(store: string, record: StoredRecord, now: number): void {
		this.open(store, now);
		this.#database
			.prepare(
				`INSERT INTO record (store_id, key, content_type, value) VALUES (${STORE_ID}, ?, ?, ?)
				ON CONFLICT (store_id, key) DO UPDATE SET content_type = excluded.content_type, value = excluded.value`,
			)
			.run(store, record.key, record.contentType ?? null, record.value);
	}

	/** Sets what has a value and removes what has none. */
	change(changes: readonly RecordChange[], now: number): void {
		for (const { store, key, contentType, value } of changes) {
			if (value === undefined) this.delete(store, key);
			else this.set(store, { key, contentType, value }, now);
		}
	}

	delete(store: string, key: string): void {
		this.#database.prepare(`DELETE FROM record WHERE store_id = ${STORE_ID} AND key = ?`).run(store, key);
	}

	/** Keys in their order, those after `after` that begin with `prefix`. */
	list(store: string, range: KeyRange): RecordFacts[] {
		const rows = this.#database
			.prepare(
				`SELECT key, length(value) AS size FROM record
				WHERE store_id = ${STORE_ID} AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?`,
			)
			.all(store, range.after ?? '', range.prefix ?? '', range.prefix ?? '', range.limit);
		return rows.map((row) => ({ key: row.key as string, size: row.size as number }));
	}

	rename(store: string, newName: string): boolean {
		const rename = this.#database.prepare('UPDATE OR IGNORE record_store SET name = ? WHERE name = ?');
		return rename.run(newName, store).changes === 1;
	}

	clear(): void {
		this.#database.exec('DELETE FROM record; DELETE FROM record_store');
	}

	drop(store: string): void {
		this.#database.prepare(`DELETE FROM record WHERE store_id = ${STORE_ID}`).run(store);
		this.#database.prepare('DELETE FROM record_store WHERE name = ?').run(store);
	}
}

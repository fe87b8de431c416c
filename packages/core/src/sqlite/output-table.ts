import type { DatabaseSync } from 'node:sqlite';
import type { OutputPosition } from '../store/item-store.ts';

/** The `output_file` table: how far the files that are kept in step with the rows are written. */
export class OutputTable {
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	position(path: string): OutputPosition | undefined {
		const row = this.#database.prepare('SELECT item_id, bytes FROM output_file WHERE path = ?').get(path);
		return row && { itemId: row.item_id as number, bytes: row.bytes as number };
	}

	setPosition(path: string, { itemId, bytes }: OutputPosition): void {
		this.#database
			.prepare(
				`INSERT INTO output_file (path, item_id, bytes) VALUES (?, ?, ?)
				ON CONFLICT (path) DO UPDATE SET item_id = excluded.item_id, bytes = excluded.bytes`,
			)
			.run(path, itemId, bytes);
	}
}

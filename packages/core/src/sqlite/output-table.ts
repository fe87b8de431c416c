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

	/** Answers false, and changes nothing, when it is not at `from`; undefined stands for a file that is not known. */
	move(path: string, from: OutputPosition | undefined, to: OutputPosition): boolean {
		if (from === undefined) {
			return (
				this.#database
					.prepare('INSERT INTO output_file (path, item_id, bytes) VALUES (?, ?, ?) ON CONFLICT (path) DO NOTHING')
					.run(path, to.itemId, to.bytes).changes === 1
			);
		}
		return (
			this.#database
				.prepare('UPDATE output_file SET item_id = ?, bytes = ? WHERE path = ? AND item_id = ? AND bytes = ?')
				.run(to.itemId, to.bytes, path, from.itemId, from.bytes).changes === 1
		);
	}
}

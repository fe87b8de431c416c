import { inspect } from 'node:util';
import { StorageError } from '../errors.ts';

/**
 * The row that is stored as this JSON.
 *
 * @throws StorageError (`ORB_STORAGE_DAMAGED`) for what is no JSON: a bad disk can do that, and SQLite does not notice.
 */
export function parseRow(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch (cause) {
		const shown = inspect(json, { maxStringLength: 100 });
		throw new StorageError(
			'ORB_STORAGE_DAMAGED',
			`The storage is damaged: a row is no JSON, ${shown}. Export as jsonl, which writes rows as they are, or mend the row.`,
			{ cause },
		);
	}
}

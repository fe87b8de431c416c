import type { DatabaseSync } from 'node:sqlite';
import { readKeyHash } from './key-hash.ts';
import { REQUEST_TABLE, SCHEMA_VERSION, TABLES_OF_VERSION_2 } from './schema.ts';

/** How the tables of each version become those of the next one. */
const STEPS: ReadonlyMap<number, (database: DatabaseSync) => void> = new Map([[1, toVersion2]]);

/** Brings the tables of an older file up to date, in one transaction: whole or not at all. */
export function migrate(database: DatabaseSync, version: number): void {
	const steps = Array.from({ length: SCHEMA_VERSION - version }, (_, index) => STEPS.get(version + index));
	database.exec('BEGIN IMMEDIATE');
	try {
		for (const step of steps) step?.(database);
		database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
	} catch (error) {
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
}

const COLUMNS_OF_VERSION_1 = `id, unique_key, url, domain_id, method, label, priority, crawl_depth, data, parent_id, added_at,
	status, not_before, retry_count, finished_at, http_status, loaded_url, error`;

function toVersion2(database: DatabaseSync): void {
	// SQLite cannot take the index of a UNIQUE column away, so the rows move to a table without one.
	database.exec(`
		DROP INDEX request_ready; DROP INDEX request_due; DROP INDEX request_leased;
		ALTER TABLE request RENAME TO request_1;
		${REQUEST_TABLE}`);
	const hash = readKeyHash(database);
	database.function('key_hash_of', { deterministic: true }, (key) => hash(key as string));
	database.exec(`
		INSERT INTO request (${COLUMNS_OF_VERSION_1}, key_hash)
			SELECT ${COLUMNS_OF_VERSION_1}, key_hash_of(unique_key) FROM request_1 ORDER BY id;
		DROP TABLE request_1;
		${TABLES_OF_VERSION_2}
		INSERT INTO counter (name, value) SELECT status, count(*) FROM request GROUP BY status;`);
}

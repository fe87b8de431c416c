import type { DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION, TABLES_OF_VERSION_2 } from './schema.ts';

/** How the tables of each version become those of the next one. */
const STEPS: ReadonlyMap<number, string> = new Map([
	[
		1,
		`CREATE INDEX request_failed ON request (id) WHERE status = 'failed';
		${TABLES_OF_VERSION_2}
		INSERT INTO counter (name, value) SELECT status, count(*) FROM request GROUP BY status;`,
	],
]);

/** Brings the tables of an older file up to date, in one transaction: whole or not at all. */
export function migrate(database: DatabaseSync, version: number): void {
	const steps = Array.from({ length: SCHEMA_VERSION - version }, (_, index) => STEPS.get(version + index));
	database.exec('BEGIN IMMEDIATE');
	try {
		for (const step of steps) database.exec(step as string);
		database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
	} catch (error) {
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
}

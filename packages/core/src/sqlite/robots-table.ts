import type { DatabaseSync } from 'node:sqlite';
import type { RobotsRecord } from '../robots/robots-cache.ts';

/** The `robots` table. `write` must run within a transaction of the caller's. */
export class RobotsTable {
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	read(origin: string): RobotsRecord | undefined {
		const row = this.#database.prepare('SELECT record, body FROM robots WHERE origin = ?').get(origin);
		if (row === undefined) return undefined;
		return { ...(JSON.parse(row.record as string) as RobotsRecord), body: row.body as Uint8Array };
	}

	/** The body has a column of its own, so that a person can read it with the `sqlite3` shell. */
	write(record: RobotsRecord): void {
		const { body, ...rest } = record;
		this.#database
			.prepare(
				`INSERT INTO robots (origin, expires_at, record, body) VALUES (?, ?, ?, ?)
				ON CONFLICT (origin) DO UPDATE SET expires_at = excluded.expires_at, record = excluded.record, body = excluded.body`,
			)
			.run(record.origin, record.expiresAt, JSON.stringify(rest), body);
	}
}

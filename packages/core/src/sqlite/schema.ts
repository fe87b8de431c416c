import type { DatabaseSync } from 'node:sqlite';

/** "ORBW": stands in the header of every file that is ours (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x4f_52_42_57;

/** Rises with every change of the tables (`PRAGMA user_version`). */
export const SCHEMA_VERSION = 1;

/**
 * The tables, made to be read with the `sqlite3` shell too.
 *
 * - `request.url` is empty where it equals `unique_key`: most of the time, and half of the file.
 * - Only what waits is in the `request_ready` and `request_due` indexes, so taking stays cheap however long the history.
 * - `domain.waiting` is kept in step with the rows in the same transaction: finding work needs no counting.
 */
const TABLES = `
CREATE TABLE domain (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	waiting INTEGER NOT NULL DEFAULT 0,
	blocked_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX domain_waiting ON domain (blocked_until, id) WHERE waiting > 0;

CREATE TABLE request (
	id INTEGER PRIMARY KEY,
	unique_key TEXT NOT NULL UNIQUE,
	url TEXT,
	domain_id INTEGER NOT NULL REFERENCES domain (id),
	method TEXT NOT NULL DEFAULT 'GET',
	label TEXT,
	priority INTEGER NOT NULL DEFAULT 0,
	crawl_depth INTEGER NOT NULL DEFAULT 0,
	data TEXT,
	parent_id INTEGER,
	added_at INTEGER NOT NULL,
	status TEXT NOT NULL DEFAULT 'waiting'
		CHECK (status IN ('waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected')),
	not_before INTEGER,
	retry_count INTEGER NOT NULL DEFAULT 0,
	finished_at INTEGER,
	http_status INTEGER,
	loaded_url TEXT,
	error TEXT
) STRICT;
CREATE INDEX request_ready ON request (domain_id, priority DESC, id) WHERE status = 'waiting';
CREATE INDEX request_due ON request (not_before) WHERE status = 'delayed';
CREATE INDEX request_leased ON request (domain_id) WHERE status = 'leased';

CREATE TABLE dataset (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	item_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	dataset_id INTEGER NOT NULL REFERENCES dataset (id),
	request_id INTEGER,
	added_at INTEGER NOT NULL,
	data TEXT NOT NULL
) STRICT;
CREATE INDEX item_of_dataset ON item (dataset_id, id);

CREATE TABLE record_store (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE record (
	store_id INTEGER NOT NULL REFERENCES record_store (id),
	key TEXT NOT NULL,
	content_type TEXT,
	value BLOB NOT NULL,
	PRIMARY KEY (store_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE robots (
	origin TEXT PRIMARY KEY,
	expires_at INTEGER NOT NULL,
	record TEXT NOT NULL,
	body BLOB
) STRICT, WITHOUT ROWID;
`;

/** Makes the tables in an empty database. */
export function createSchema(database: DatabaseSync): void {
	database.exec(
		`BEGIN; ${TABLES} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
	);
}

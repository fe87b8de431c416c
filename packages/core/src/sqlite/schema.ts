import type { DatabaseSync } from 'node:sqlite';
import { CRAWLEE_QUEUE_TABLES } from './crawlee-queue-table.ts';

/** "ORBW": stands in the header of every file that is ours (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x4f_52_42_57;

/** Rises with every change of the tables (`PRAGMA user_version`). What changed is in `migrate.ts`. */
export const SCHEMA_VERSION = 2;

/** The requests of version 2; in the first one, `unique_key` itself was indexed. */
export const REQUEST_TABLE = `
CREATE TABLE key_seed (value INTEGER NOT NULL) STRICT; -- one row: what key_hash is made with, drawn for each file
INSERT INTO key_seed VALUES (random() & 0xffffffffffff);
CREATE TABLE request (
	id INTEGER PRIMARY KEY,
	unique_key TEXT NOT NULL,
	key_hash INTEGER NOT NULL, -- of unique_key
	url TEXT, -- empty where it is the unique key
	domain_id INTEGER NOT NULL REFERENCES domain (id),
	method TEXT NOT NULL DEFAULT 'GET',
	label TEXT,
	priority INTEGER NOT NULL DEFAULT 0, -- higher goes first
	crawl_depth INTEGER NOT NULL DEFAULT 0,
	data TEXT, -- JSON: userData, headers, payload
	parent_id INTEGER, -- the request whose page linked here
	added_at INTEGER NOT NULL, -- ms since 1970, like all times
	status TEXT NOT NULL DEFAULT 'waiting'
		CHECK (status IN ('waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected')),
	not_before INTEGER, -- when a delayed one is tried again
	retry_count INTEGER NOT NULL DEFAULT 0,
	finished_at INTEGER,
	http_status INTEGER,
	loaded_url TEXT, -- where it ended, when that is not its own address
	error TEXT
) STRICT;
CREATE INDEX request_key ON request (key_hash);
CREATE INDEX request_ready ON request (domain_id, priority DESC, id) WHERE status = 'waiting';
CREATE INDEX request_due ON request (not_before) WHERE status = 'delayed';
CREATE INDEX request_leased ON request (domain_id) WHERE status = 'leased';
CREATE INDEX request_failed ON request (id) WHERE status = 'failed';
`;

/**
 * The tables, made to be read with the `sqlite3` shell too: their notes are what `.schema` shows.
 *
 * - `request.url` is empty where it equals `unique_key`: most of the time, and half of the file.
 * - A key is found by its hash and then compared: an index of the keys themselves would be as large as the table, too large to
 *   stay in memory, and each link looked up or stored would touch another cold page of it. See `key-hash.ts`.
 * - Only what waits is in the `request_ready` and `request_due` indexes, so taking stays cheap however long the history.
 * - `domain.waiting` and `counter` are kept in step with the rows in the same transaction: neither finding work nor
 *   opening a large file needs counting.
 */
const TABLES = `
CREATE TABLE domain (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	waiting INTEGER NOT NULL DEFAULT 0, -- how many of its requests are waiting
	blocked_until INTEGER NOT NULL DEFAULT 0 -- ms since 1970; it asked to be left alone
) STRICT;
CREATE INDEX domain_waiting ON domain (blocked_until, id) WHERE waiting > 0;

${REQUEST_TABLE}

CREATE TABLE dataset (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	item_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	dataset_id INTEGER NOT NULL REFERENCES dataset (id),
	request_id INTEGER, -- the page that pushed it
	added_at INTEGER NOT NULL,
	data TEXT NOT NULL -- JSON
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

/** What came with version 2. */
export const TABLES_OF_VERSION_2: string = `${CRAWLEE_QUEUE_TABLES}
CREATE TABLE attempt (
	id INTEGER PRIMARY KEY,
	request_id INTEGER NOT NULL REFERENCES request (id),
	ended_at INTEGER NOT NULL,
	http_status INTEGER,
	error TEXT NOT NULL -- why it is tried again
) STRICT;
CREATE INDEX attempt_of_request ON attempt (request_id, id);

CREATE TABLE rejected_item (
	id INTEGER PRIMARY KEY,
	dataset TEXT NOT NULL, -- where it would have gone
	request_id INTEGER NOT NULL REFERENCES request (id),
	rejected_at INTEGER NOT NULL,
	reason TEXT NOT NULL, -- what its schema says is wrong
	data TEXT NOT NULL -- JSON
) STRICT;

CREATE INDEX item_of_request ON item (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE output_file (
	path TEXT PRIMARY KEY,
	item_id INTEGER NOT NULL, -- the last row in it
	bytes INTEGER NOT NULL -- its length up to there
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
	name TEXT PRIMARY KEY, -- a status of request, 'rejected', or 'clock': when something was last written
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW page AS
	SELECT
		request.id,
		coalesce(request.url, request.unique_key) AS url,
		request.status,
		request.label,
		request.http_status,
		request.error,
		request.retry_count,
		coalesce(parent.url, parent.unique_key) AS found_on,
		datetime(request.added_at / 1000, 'unixepoch') AS added,
		datetime(request.finished_at / 1000, 'unixepoch') AS finished
	FROM request LEFT JOIN request AS parent ON parent.id = request.parent_id;
`;

/** Makes the tables in an empty database. */
export function createSchema(database: DatabaseSync): void {
	database.exec(
		`BEGIN; ${TABLES} ${TABLES_OF_VERSION_2}
		PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
	);
}

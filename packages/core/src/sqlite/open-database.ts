import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { migrate } from './migrate.ts';
import { APPLICATION_ID, createSchema, SCHEMA_VERSION } from './schema.ts';
import { storageFault } from './storage-fault.ts';

/**
 * How long the log grows before its pages are moved into the file: 32 MB. What many commits in between have changed is then
 * moved once, and the disk is waited for less often; opening after a kill reads the log once, in a fraction of a second.
 */
const MOST_LOG_PAGES = 8_000;

/** The path that means "in memory, gone with the process". */
export const MEMORY = ':memory:';

/**
 * What a commit survives: `'normal'` a killed process, `'full'` a power cut too, at the price of an fsync for each
 * commit. See https://www.sqlite.org/pragma.html#pragma_synchronous.
 */
export type Durability = 'normal' | 'full';

/**
 * Opens a storage file, or makes a new one that is empty. Nothing is written before `prepareDatabase`.
 *
 * @throws StorageError when the path cannot be opened, or holds something that is not ours or comes from a newer
 * version. The file is left as it was found: its first bytes are looked at before SQLite may touch it.
 */
export function openDatabase(path: string): DatabaseSync {
	if (path !== MEMORY) prepareFile(path);
	return owned(connect(path), path);
}

/**
 * Opens a storage file to read it and nothing else: no lock is taken, nothing is made, and a crawl that is running on the
 * file goes on.
 *
 * @throws StorageError as `openDatabase` does, and for a file that is missing.
 */
export function openForReading(path: string): DatabaseSync {
	if (!existsSync(path)) {
		throw new StorageError(
			'ORB_STORAGE_UNREADABLE',
			`storage "${path}" does not exist; give the file of a crawl that has been started.`,
		);
	}
	// Where somebody has the file open, in this process perhaps, it is left to SQLite alone: whoever closes a file by
	// another way takes the locks of the process away. See https://www.sqlite.org/howtocorrupt.html §2.2.
	if (!existsSync(`${path}-shm`)) prepareFile(path);
	return owned(connect(path, { readOnly: true }), path);
}

function owned(database: DatabaseSync, path: string): DatabaseSync {
	try {
		checkOwnership(database, path);
		return database;
	} catch (error) {
		database.close();
		throw storageFault(path, 'open', error);
	}
}

/** Sets up how the file is written, and makes the tables where there are none. Whoever calls this has the file's lock. */
export function prepareDatabase(database: DatabaseSync, path: string, durability: Durability): void {
	try {
		const version = checkOwnership(database, path);
		// WAL: readers (the sqlite3 shell, an export) never wait for the crawl.
		const synchronous = durability === 'full' ? 'FULL' : 'NORMAL';
		database.exec(
			`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${MOST_LOG_PAGES};
			PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -32768`,
		);
		if (version === 0) createSchema(database);
		else if (version < SCHEMA_VERSION) migrate(database, version);
	} catch (error) {
		throw storageFault(path, 'open', error);
	}
}

function prepareFile(path: string): void {
	try {
		if (existsSync(path)) {
			const found = statSync(path);
			if (!found.isFile()) {
				const what = found.isDirectory() ? 'a folder' : 'not a file';
				throw new StorageError('ORB_STORAGE_UNREADABLE', `storage "${path}" is ${what}; give the path of a file.`);
			}
			if (!mayBeOurs(path)) throw foreign(path);
		} else {
			mkdirSync(dirname(path), { recursive: true });
		}
	} catch (error) {
		throw storageFault(path, 'open', error);
	}
}

/**
 * Whether the first page of the file is that of a storage of ours or of an empty database. SQLite is not asked: merely
 * opening and closing a database of somebody else's may write its log into it.
 *
 * An empty file counts: it is what a tool such as `mktemp` leaves. A file of ours may have no tables in this page yet,
 * while they are in its log. See https://www.sqlite.org/fileformat.html §1.3 (the header) and §1.6 (its first page).
 */
function mayBeOurs(path: string): boolean {
	const head = Buffer.alloc(HEAD_BYTES);
	const file = openSync(path, 'r');
	try {
		const length = readSync(file, head, 0, HEAD_BYTES, 0);
		if (length === 0) return true;
		if (length < HEAD_BYTES || head.toString('latin1', 0, 16) !== 'SQLite format 3\0') return false;
		const isEmpty = head.readUInt8(100) === TABLE_LEAF && head.readUInt16BE(103) === 0;
		return isEmpty || head.readUInt32BE(68) === APPLICATION_ID;
	} finally {
		closeSync(file);
	}
}

const HEAD_BYTES = 108;
const TABLE_LEAF = 0x0d;

function connect(path: string, { readOnly = false } = {}): DatabaseSync {
	try {
		return new DatabaseSync(path, { timeout: 5_000, readOnly });
	} catch (error) {
		throw storageFault(path, 'open', error);
	}
}

/** Answers the version of the tables, 0 for a database without any. */
function checkOwnership(database: DatabaseSync, path: string): number {
	const number = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
	// One look at all three: between two of them, another process may make the tables.
	database.exec('BEGIN');
	const tables = number('SELECT count(*) FROM sqlite_schema');
	const application = number('PRAGMA application_id');
	const version = number('PRAGMA user_version');
	database.exec('COMMIT');
	if (application !== APPLICATION_ID) {
		if (tables > 0) throw foreign(path);
		return 0;
	}
	if (version > SCHEMA_VERSION) {
		throw new StorageError(
			'ORB_STORAGE_NEWER',
			`storage "${path}" was written by a newer Orbweaver (format ${version}, this one knows ${SCHEMA_VERSION}); update Orbweaver or choose another file.`,
		);
	}
	return version;
}

function foreign(path: string): StorageError {
	return new StorageError(
		'ORB_STORAGE_FOREIGN',
		`storage "${path}" is not an Orbweaver storage file; choose another path, nothing in it was changed.`,
	);
}

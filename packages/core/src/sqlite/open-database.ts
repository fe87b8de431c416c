import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { isLockedHere } from './file-lock.ts';
import { mayBeOurs } from './may-be-ours.ts';
import { migrate } from './migrate.ts';
import { APPLICATION_ID, createSchema, SCHEMA_VERSION } from './schema.ts';
import { storageFault } from './storage-fault.ts';
import { MEMORY, realStoragePath } from './storage-path.ts';

/**
 * How long the log grows before its pages are moved into the file: 32 MB. What many commits in between have changed is then
 * moved once, and the disk is waited for less often; opening after a kill reads the log once, in a fraction of a second.
 */
const MOST_LOG_PAGES = 8_000;

/**
 * What a commit survives: `'normal'` a killed process, `'full'` a power cut too, at the price of an fsync for each
 * commit. See https://www.sqlite.org/pragma.html#pragma_synchronous.
 */
export type Durability = 'normal' | 'full';

/**
 * Opens a storage file, or makes a new one that is empty. Nothing is written before `prepareDatabase`.
 *
 * @throws StorageError when the path cannot be opened, or holds something that is not ours or comes from a newer
 * version. The file is left as it was found.
 */
export function openDatabase(path: string): DatabaseSync {
	return owned(connect(path, path === MEMORY ? path : usableFile(path)), path);
}

/**
 * Opens a storage file to read it and nothing else: no lock is taken, nothing is made, and a crawl that is running on the
 * file goes on.
 *
 * @throws StorageError as `openDatabase` does, and for a file that is missing.
 */
export function openForReading(path: string): DatabaseSync {
	if (!existsSync(realStoragePath(path))) {
		throw new StorageError(
			'ORB_STORAGE_UNREADABLE',
			`storage "${path}" does not exist; give the file of a crawl that has been started.`,
		);
	}
	return owned(connect(path, usableFile(path), { readOnly: true }), path);
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

/** The real path of a file that may be opened, or made; its folder is made here. */
function usableFile(path: string): string {
	const real = realStoragePath(path);
	try {
		if (existsSync(real)) {
			const found = statSync(real);
			if (!found.isFile()) {
				const what = found.isDirectory() ? 'a folder' : 'not a file';
				throw new StorageError('ORB_STORAGE_UNREADABLE', `storage "${path}" is ${what}; give the path of a file.`);
			}
			// What this process has open is ours, and is best left alone: its log may hold more than the file.
			if (!isLockedHere(real) && !mayBeOurs(real)) throw foreign(path);
		} else {
			mkdirSync(dirname(real), { recursive: true });
		}
		return real;
	} catch (error) {
		throw storageFault(path, 'open', error);
	}
}

function connect(path: string, real: string, { readOnly = false } = {}): DatabaseSync {
	try {
		return new DatabaseSync(real, { timeout: 5_000, readOnly });
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

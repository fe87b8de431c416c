import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { APPLICATION_ID } from './schema.ts';

/** In bytes; see https://www.sqlite.org/fileformat.html §1.3.2. */
const SMALLEST_PAGE = 512;

/** SQLite's primary result codes for a file that is no database, or none that can be read. */
const NOT_READABLE: readonly unknown[] = [26, 11];

/**
 * Whether a file is a storage of ours or an empty database, by its first pages alone. An empty file counts: it is what a
 * tool such as `mktemp` leaves. A file of ours may have no tables yet, while they are in its log.
 *
 * SQLite is told that nobody changes the file: so it takes no lock, reads no log, and writes nothing into a database of
 * somebody else's. But it is SQLite who reads, and not `node:fs`: whoever closes a file that SQLite has open too takes the
 * locks of the whole process away, and the next reader removes the log of a crawl that is running. See
 * https://www.sqlite.org/howtocorrupt.html §2.2 and https://www.sqlite.org/uri.html (`immutable`).
 *
 * @throws Error of SQLite when the file cannot be opened.
 */
export function mayBeOurs(path: string): boolean {
	// SQLite takes a file that is too short for a page for an empty one.
	const { size } = statSync(path);
	if (size > 0 && size < SMALLEST_PAGE) return false;
	const url = pathToFileURL(path);
	url.searchParams.set('immutable', '1');
	try {
		using database = new DatabaseSync(url, { readOnly: true });
		if (database.prepare('PRAGMA application_id').get()?.application_id === APPLICATION_ID) return true;
		return database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables === 0;
	} catch (error) {
		if (!NOT_READABLE.includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)) throw error;
		// Nobody is at work on what cannot be read: no lock is lost.
		return isHeadOurs(path);
	}
}

/** The same by the first bytes of a file that is damaged, so that one of ours is called damaged and not foreign. */
function isHeadOurs(path: string): boolean {
	const head = Buffer.alloc(HEAD_BYTES);
	const file = openSync(path, 'r');
	try {
		const length = readSync(file, head, 0, HEAD_BYTES, 0);
		if (length < HEAD_BYTES || head.toString('latin1', 0, 16) !== 'SQLite format 3\0') return false;
		// See https://www.sqlite.org/fileformat.html §1.3 (the header) and §1.6 (its first page).
		const isEmpty = head.readUInt8(100) === TABLE_LEAF && head.readUInt16BE(103) === 0;
		return isEmpty || head.readUInt32BE(68) === APPLICATION_ID;
	} finally {
		closeSync(file);
	}
}

const HEAD_BYTES = 108;
const TABLE_LEAF = 0x0d;

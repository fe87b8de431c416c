import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { ContradictionError, storageFault } from '../../src/sqlite/storage-fault.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What SQLite throws when `work` is done. */
function sqliteError(work: () => void): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	throw new Error('SQLite had nothing against it.');
}

test('a full disk: make room', () => {
	using database = new DatabaseSync(':memory:');
	database.exec('PRAGMA max_page_count = 2; CREATE TABLE a (b)');
	const cause = sqliteError(() => database.exec(`INSERT INTO a VALUES (zeroblob(100000))`));
	expect(storageFault('a.sqlite', 'write', cause)).toMatchObject({
		code: 'ORB_STORAGE_WRITE_FAILED',
		message:
			'storage "a.sqlite" cannot be written: database or disk is full. What was committed is kept; make room on the disk and start again to go on.',
		cause,
	});
	expect(storageFault('a.sqlite', 'open', cause)).toMatchObject({
		code: 'ORB_STORAGE_UNREADABLE',
		message:
			'storage "a.sqlite" cannot be opened: database or disk is full. Nothing in it was changed; make room on the disk and start again to go on.',
	});
});

test('a file that may not be written: make it writable', async () => {
	const path = join(await temporaryFolder(), 'a.sqlite');
	new DatabaseSync(path).close();
	using database = new DatabaseSync(path, { readOnly: true });
	const cause = sqliteError(() => database.exec('CREATE TABLE a (b)'));
	expect(storageFault('a.sqlite', 'open', cause).message).toBe(
		'storage "a.sqlite" cannot be opened: attempt to write a readonly database. Nothing in it was changed; make the file and its folder readable and writable for this user and start again to go on.',
	);
	const missing = sqliteError(() => new DatabaseSync(join(path, 'below')));
	expect(storageFault('a.sqlite', 'lock', missing).message).toMatch(/cannot be locked: .* readable and writable/);
	const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
	expect(storageFault('a.sqlite', 'open', denied).message).toContain('readable and writable');
});

describe('a damaged file: restore it, or recover what can be read', () => {
	test.each(['open', 'write'] as const)('%s', async (use) => {
		const path = join(await temporaryFolder(), 'a.sqlite');
		await writeFile(path, 'no database at all, but long enough'.repeat(100));
		using database = new DatabaseSync(path);
		const cause = sqliteError(() => database.exec('CREATE TABLE a (b)'));
		expect(storageFault('a.sqlite', use, cause)).toMatchObject({
			code: 'ORB_STORAGE_DAMAGED',
			message:
				'storage "a.sqlite" is damaged: file is not a database. Put a copy of the file in its place, or go on with what can be read of it: sqlite3 "a.sqlite" .recover | sqlite3 "a.sqlite.recovered".',
		});
	});
});

test('a value that is no JSON any more, and a file that contradicts itself, are damaged too', () => {
	for (const cause of [new SyntaxError('Unexpected token'), new ContradictionError('odd')]) {
		expect(storageFault('a.sqlite', 'write', cause)).toMatchObject({ code: 'ORB_STORAGE_DAMAGED', cause });
	}
});

test('anything else: mend it', () => {
	expect(storageFault('a.sqlite', 'write', new Error('disk on fire')).message).toMatch(/: disk on fire\. .*mend the/);
	expect(storageFault('a.sqlite', 'write', 'odd').message).toContain(': odd. ');
});

test('an error that is ours stays what it is', () => {
	const ours = new StorageError('ORB_STORAGE_NEWER', 'newer');
	expect(storageFault('a.sqlite', 'open', ours)).toBe(ours);
});

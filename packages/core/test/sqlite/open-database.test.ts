import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { SCHEMA_VERSION } from '../../src/sqlite/schema.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function newPath(name = 'crawl.sqlite'): Promise<string> {
	return join(await temporaryFolder(), name);
}

function refusal(path: string): StorageError {
	try {
		void SqliteStore.open(path).close();
	} catch (error) {
		if (error instanceof StorageError) return error;
		throw error;
	}
	throw new Error(`${path} was opened`);
}

/** Every file of the folder with its bytes. */
function snapshot(folder: string): Record<string, string> {
	const files = readdirSync(folder).sort();
	return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

async function refusedUntouched(path: string, code: string): Promise<StorageError> {
	const before = snapshot(dirname(path));
	const error = refusal(path);
	expect(error).toMatchObject({ name: 'StorageError', code });
	expect(error.message).toContain(JSON.stringify(path));
	expect(snapshot(dirname(path))).toEqual(before);
	return error;
}

describe('what is not ours stays as it is', () => {
	test.each([
		['text', 'url,title\nhttp://a.example/,A\n'],
		['one byte', 'S'],
		['a cut header', 'SQLite format 3\0'],
		['a long text', 'x'.repeat(100_000)],
	])('%s', async (_, content) => {
		const path = await newPath();
		await writeFile(path, content);
		await refusedUntouched(path, 'ORB_STORAGE_FOREIGN');
	});

	test('another SQLite database', async () => {
		const path = await newPath();
		const other = new DatabaseSync(path);
		other.exec('CREATE TABLE customer (name TEXT); PRAGMA user_version = 1');
		other.close();
		await refusedUntouched(path, 'ORB_STORAGE_FOREIGN');
	});

	test('another SQLite database with so many tables that its schema takes pages', async () => {
		const path = await newPath();
		const other = new DatabaseSync(path);
		for (let n = 0; n < 200; n++) other.exec(`CREATE TABLE a_table_with_a_long_name_${n} (a TEXT, b TEXT, c TEXT)`);
		other.close();
		await refusedUntouched(path, 'ORB_STORAGE_FOREIGN');
	});

	test('another SQLite database whose log was not written back, as after a crash', async () => {
		const from = await newPath();
		const path = await newPath();
		const other = new DatabaseSync(from);
		other.exec('CREATE TABLE customer (name TEXT); PRAGMA journal_mode = WAL; INSERT INTO customer VALUES (1)');
		await copyFile(from, path);
		await copyFile(`${from}-wal`, `${path}-wal`);
		other.close();
		await refusedUntouched(path, 'ORB_STORAGE_FOREIGN');
	});

	test('a file that only begins like SQLite', async () => {
		const path = await newPath();
		await writeFile(path, `SQLite format 3\0${'garbage'.repeat(1_000)}`);
		await refusedUntouched(path, 'ORB_STORAGE_FOREIGN');
	});

	test('a storage of a newer version', async () => {
		const path = await newPath();
		await SqliteStore.open(path).close();
		const newer = new DatabaseSync(path);
		newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
		newer.close();
		const { message } = await refusedUntouched(path, 'ORB_STORAGE_NEWER');
		expect(message).toContain(`format ${SCHEMA_VERSION + 1}, this one knows ${SCHEMA_VERSION}`);
		expect(message).toContain('update Orbweaver or choose another file');
	});
});

describe('what cannot be opened', () => {
	test('a folder', async () => {
		const path = await newPath();
		await mkdir(path);
		expect(refusal(path)).toMatchObject({ code: 'ORB_STORAGE_UNREADABLE' });
		expect(refusal(path).message).toBe(`storage "${path}" is a folder; give the path of a file.`);
	});

	test('a device', () => {
		expect(refusal('/dev/zero').message).toBe('storage "/dev/zero" is not a file; give the path of a file.');
	});

	test('a path below a file', async () => {
		const path = await newPath();
		await writeFile(path, 'text');
		expect(refusal(join(path, 'crawl.sqlite'))).toMatchObject({ code: 'ORB_STORAGE_UNREADABLE' });
	});

	test('a storage that is damaged', async () => {
		const path = await newPath();
		{
			await using store = SqliteStore.open(path);
			await store.add(newRequests(500));
		}
		const bytes = readFileSync(path);
		await writeFile(path, bytes.fill(0xff, 200, 4_096));
		expect(refusal(path)).toMatchObject({ code: 'ORB_STORAGE_DAMAGED' });
		expect(existsSync(`${path}-lock`)).toBe(false);
	});
});

describe('what is made', () => {
	test('the folders above a new file', async () => {
		const path = await newPath('a/b/c.sqlite');
		await SqliteStore.open(path).close();
		expect(existsSync(path)).toBe(true);
	});

	test('the tables in an empty file', async () => {
		const path = await newPath();
		await writeFile(path, '');
		await using store = SqliteStore.open(path);
		expect(await store.add(newRequests(1))).toHaveLength(1);
	});

	test('a file of which everything is still in its log is ours', async () => {
		const from = await newPath();
		const path = await newPath();
		{
			await using store = SqliteStore.open(from);
			await store.add(newRequests(2));
			await copyFile(from, path);
			await copyFile(`${from}-wal`, `${path}-wal`);
		}
		await using copy = SqliteStore.open(path);
		expect(copy.counts().waiting).toBe(2);
	});
});

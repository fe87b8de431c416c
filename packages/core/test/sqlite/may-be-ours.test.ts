import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { mayBeOurs } from '../../src/sqlite/may-be-ours.ts';
import { openForReading } from '../../src/sqlite/open-database.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How many requests another process sees. As the last one to close a file, it would remove its log. */
function requestsSeenElsewhere(path: string): number {
	const script = `const { DatabaseSync } = require('node:sqlite');
		const database = new DatabaseSync(${JSON.stringify(path)});
		console.log(database.prepare('SELECT count(*) AS count FROM request').get().count);
		database.close();`;
	return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

test('looking at the file of a store that this process has open takes no lock from it', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	await using store = SqliteStore.open(path);
	await store.add(newRequests(10));

	expect(() => SqliteStore.open(path)).toThrow('in use by another crawl');
	openForReading(path).close();
	expect(mayBeOurs(path)).toBe(true);

	expect(requestsSeenElsewhere(path)).toBe(10);
	// Without its locks the store would look like nobody, and the other process would have removed the log under it.
	expect(existsSync(`${path}-wal`)).toBe(true);
	await store.add(newRequests(30));
	expect(requestsSeenElsewhere(path)).toBe(30);
});

test('names that mean something in a URL are names of files', async () => {
	const folder = await temporaryFolder();
	for (const name of ['a?b.sqlite', 'a#b.sqlite', 'a%20b.sqlite', 'ä b.sqlite']) {
		const path = join(folder, name);
		{
			await using store = SqliteStore.open(path);
			await store.add(newRequests(2));
		}
		await using again = SqliteStore.open(path);
		expect(again.counts().waiting).toBe(2);
	}
});

test('tells apart what is ours, what may be, and what is not', async () => {
	const folder = await temporaryFolder();
	const ours = join(folder, 'ours.sqlite');
	await SqliteStore.open(ours).close();
	const empty = join(folder, 'empty');
	await writeFile(empty, '');
	const text = join(folder, 'text');
	await writeFile(text, 'SQLite format 3 is what this text is about');
	const other = join(folder, 'other.sqlite');
	const database = new DatabaseSync(other);
	database.exec('CREATE TABLE x (y)');
	database.close();
	expect([ours, empty, text, other].map(mayBeOurs)).toEqual([true, true, false, false]);
});

test('what is damaged is still ours', async () => {
	const folder = await temporaryFolder();
	const whole = join(folder, 'whole.sqlite');
	{
		await using store = SqliteStore.open(whole);
		await store.add(newRequests(2_000));
	}
	const bytes = await readFile(whole);
	const cut = join(folder, 'cut.sqlite');
	await writeFile(cut, bytes.subarray(0, 9_000));
	expect(mayBeOurs(cut)).toBe(true);
	expect(() => SqliteStore.open(cut)).toThrow(expect.objectContaining({ code: 'ORB_STORAGE_DAMAGED' }));
	await writeFile(cut, Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));
	expect(mayBeOurs(cut)).toBe(false);
});

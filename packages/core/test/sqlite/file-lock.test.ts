import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { lockFile } from '../../src/sqlite/file-lock.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequests } from '../store/requests.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function newPath(): Promise<string> {
	return join(await temporaryFolder(), 'crawl.sqlite');
}

const inUse = (path: string): object => ({
	name: 'StorageError',
	code: 'ORB_STORAGE_IN_USE',
	message: `storage "${path}" is in use by another crawl; wait until it ends, stop it, or choose another file.`,
});

test('keeps a second one of the same process out until the first lets go', async () => {
	const path = await newPath();
	const first = lockFile(path);
	expect(() => lockFile(path)).toThrow(expect.objectContaining(inUse(path)));
	expect(() => lockFile(path)).toThrow(expect.objectContaining(inUse(path)));
	first.release();
	expect(existsSync(`${path}-lock`)).toBe(false);
	lockFile(path).release();
	expect(readdirSync(dirname(path))).toEqual([]);
});

test('keeps a second store out, and leaves the first unharmed', async () => {
	const path = await newPath();
	{
		await using store = SqliteStore.open(path);
		await store.add(newRequests(3));
		expect(() => SqliteStore.open(path)).toThrow(expect.objectContaining(inUse(path)));
		expect(await store.lease('a.example', 9)).toHaveLength(3);
	}
	expect(readdirSync(dirname(path))).toEqual(['crawl.sqlite']);
	await using again = SqliteStore.open(path);
	expect(again.reclaimed).toBe(3);
});

test('another process is kept out; the lock of a killed process is gone with it', async () => {
	const path = await newPath();
	const holder = startChild('hold-lock', path);
	await holder.wrote(1);
	expect(holder.output()).toBe('open\n');
	expect(() => SqliteStore.open(path)).toThrow(expect.objectContaining(inUse(path)));
	const other = startChild('hold-lock', path);
	await other.ended();
	expect(other.output()).toBe('ORB_STORAGE_IN_USE\n');
	await holder.kill();
	expect(existsSync(`${path}-lock`)).toBe(true);
	await SqliteStore.open(path).close();
	expect(existsSync(`${path}-lock`)).toBe(false);
});

test('of many processes that start at once on a new file, one gets it and the others are told', async () => {
	const path = await newPath();
	const children = Array.from({ length: 4 }, () => startChild('hold-lock', path));
	await Promise.all(children.map((child) => child.wrote(1)));
	expect(children.map((child) => child.output().trim()).sort()).toEqual([
		'ORB_STORAGE_IN_USE',
		'ORB_STORAGE_IN_USE',
		'ORB_STORAGE_IN_USE',
		'open',
	]);
});

test('readers are not kept out', async () => {
	const path = await newPath();
	await using store = SqliteStore.open(path);
	await store.add(newRequests(3));
	const reader = new DatabaseSync(path, { readOnly: true });
	expect(reader.prepare('SELECT count(*) AS count FROM request').get()).toEqual({ count: 3 });
	await store.add(newRequests(5));
	expect(reader.prepare('SELECT count(*) AS count FROM request').get()).toEqual({ count: 5 });
	reader.close();
});

test('a lock that cannot be made is another error', async () => {
	const path = await newPath();
	await mkdir(`${path}-lock`);
	expect(() => lockFile(path)).toThrow(expect.objectContaining({ code: 'ORB_STORAGE_UNREADABLE' }));
});

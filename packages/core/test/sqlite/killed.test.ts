import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequest } from '../store/requests.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function storageWithOnePage(): Promise<string> {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	await using store = SqliteStore.open(path);
	await store.add(Array.from({ length: 20 }, (_, index) => newRequest(`/page-${index}-`)));
	return path;
}

test('a process killed in the middle loses nothing that was answered, and its leases wait again', async () => {
	const path = await storageWithOnePage();
	const child = startChild('crawl-forever', path);
	await child.wrote(100);
	await child.kill();
	const told = child.output().trim().split('\n');

	await using store = SqliteStore.open(path);
	const { handled, waiting, leased } = store.counts();
	const { total, json } = await store.readItems('pages', { offset: 0, limit: 100_000 });
	const stored = new Set(json.map((text) => JSON.parse(text) as string));
	expect(told.filter((url) => !stored.has(url))).toEqual([]);
	// Each page whole, and once: its mark, its item and its two links.
	expect(total).toBe(handled);
	expect(stored.size).toBe(total);
	expect(leased).toBe(0);
	expect(waiting).toBe(20 + 2 * handled - handled);
	expect(store.reclaimed).toBeGreaterThanOrEqual(5);
	expect(await store.lease('a.example', 100_000)).toHaveLength(waiting);
});

test('when the file cannot grow, the change is refused whole and so is all that comes after it', async () => {
	const path = await storageWithOnePage();
	const child = startChild('crawl-until-full', path, { fileBlocks: 600 });
	await child.ended();
	const lines = child.output().trim().split('\n');
	const report = JSON.parse(lines.at(-1) as string);
	expect(report).toMatchObject({ isStorageError: true, code: 'ORB_STORAGE_WRITE_FAILED', later: [true, true, true] });
	expect(report.message).toMatch(/cannot be written: .+\. What was committed is kept; mend the cause/);

	await using store = SqliteStore.open(path);
	const { json } = await store.readItems('pages', { offset: 0, limit: 100_000 });
	expect(json.map((text) => JSON.parse(text)).sort()).toEqual(report.committed.toSorted());
	expect(store.counts()).toMatchObject({ handled: json.length, waiting: 20 + json.length, leased: 0 });
});

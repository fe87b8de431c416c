import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { CrawlReader } from '../../src/sqlite/crawl-reader.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { PageOutcome } from '../../src/store/crawl-store.ts';
import { newRequest } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A start page, two pages below it of which one failed, and a page of another domain that waits. */
async function crawled(store: SqliteStore): Promise<void> {
	const [start] = await store.add([newRequest('/')]);
	const below = { crawlDepth: 1, parentId: start?.id };
	await store.add([newRequest('/ok', below), newRequest('/bad', below)]);
	await store.add([newRequest('/other', { ...below, domain: 'b.example' })]);
	const outcomes: PageOutcome[] = [
		{ status: 'handled', httpStatus: 200 },
		{ status: 'handled', httpStatus: 200 },
		{ status: 'failed', error: 'it is not there', httpStatus: 404 },
	];
	for (const [index, { id, url }] of (await store.lease('a.example', 9)).entries()) {
		const items = [{ dataset: 'default', json: JSON.stringify({ url, loadMs: index * 10 }) }];
		await store.commit({ id, retryCount: 0, outcome: outcomes[index] as PageOutcome, requests: [], items });
	}
	await store.pushItems([{ dataset: 'default', json: '{"url":"no time"}' }]);
}

async function newPath(): Promise<string> {
	return join(await temporaryFolder(), 'crawl.sqlite');
}

describe('a look at a crawl', () => {
	test('beside the crawl that is running', async () => {
		const path = await newPath();
		await using store = SqliteStore.open(path);
		await crawled(store);
		using reader = CrawlReader.open(path);
		expect(reader.counts()).toEqual(store.counts());
		expect(reader.datasets()).toEqual([{ name: 'default', itemCount: 4 }]);
		expect(reader.domains(1)).toEqual([
			{ key: 'a.example', status: 'failed', count: 1 },
			{ key: 'a.example', status: 'handled', count: 2 },
		]);
		expect(reader.domains(9)).toContainEqual({ key: 'b.example', status: 'waiting', count: 1 });
		expect(reader.depths(9).map(({ key, count }) => [key, count])).toEqual([
			[0, 1],
			[1, 1],
			[1, 1],
			[1, 1],
		]);
		expect(reader.httpStatuses()).toEqual([
			{ httpStatus: 200, count: 2 },
			{ httpStatus: 404, count: 1 },
		]);
		const [failed] = reader.failed(9);
		expect(failed).toEqual({
			url: 'http://a.example/bad',
			error: 'it is not there',
			httpStatus: 404,
			foundOn: 'http://a.example/',
		});
		expect(reader.slowest(2)).toEqual([
			{ url: 'http://a.example/bad', loadMs: 20 },
			{ url: 'http://a.example/ok', loadMs: 10 },
		]);
		const slots = reader.timeline(4);
		expect(slots).toHaveLength(4);
		expect(slots.reduce((sum, { count }) => sum + count, 0)).toBe(3);
		expect(reader.history('http://a.example/bad')).toMatchObject({ status: 'failed', tries: 1 });
	});

	test('stays what it was when it was opened', async () => {
		const path = await newPath();
		await using store = SqliteStore.open(path);
		await store.add([newRequest('/')]);
		using reader = CrawlReader.open(path);
		await store.add([newRequest('/later')]);
		expect(reader.counts().waiting).toBe(1);
	});

	test('finds nothing where nothing has ended', async () => {
		const path = await newPath();
		await using store = SqliteStore.open(path);
		await store.setRecord('facts', { key: 'a', value: Buffer.from('1') });
		using reader = CrawlReader.open(path);
		expect(reader.timeline(4)).toEqual([]);
		expect(reader.slowest(4)).toEqual([]);
		expect(reader.record('facts', 'a')).toEqual(new Uint8Array([0x31]));
		expect(reader.record('facts', 'b')).toBeUndefined();
	});

	test('refuses a file that is not there', async () => {
		const path = await newPath();
		expect(() => CrawlReader.open(path)).toThrow(StorageError);
	});
});

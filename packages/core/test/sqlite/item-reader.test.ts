import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { ItemReader } from '../../src/sqlite/item-reader.ts';
import { APPLICATION_ID } from '../../src/sqlite/schema.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequest, newRequests } from '../store/requests.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ALL = { dataset: 'default', which: 'items' } as const;

async function newPath(): Promise<string> {
	return join(await temporaryFolder(), 'crawl.sqlite');
}

/** A storage with requests, for a crawl of another process. */
async function begun(): Promise<string> {
	const path = await newPath();
	await using store = SqliteStore.open(path);
	await store.add(newRequests(20));
	return path;
}

/** A crawl of two pages, with a row each, a row by hand, and a rejected one. */
async function crawled(): Promise<string> {
	const path = await newPath();
	await using store = SqliteStore.open(path);
	await store.add([newRequest('/shop', { label: 'shop' }), newRequest('/item', { label: 'item' })]);
	const [shop, item] = await store.lease('a.example', 2);
	for (const page of [shop, item]) {
		if (page === undefined) throw new Error('no page');
		await store.commit({
			id: page.id,
			retryCount: 0,
			outcome: { status: 'handled' },
			requests: [],
			items: [{ dataset: 'default', json: JSON.stringify({ label: page.label }) }],
			rejected: page === item ? [{ dataset: 'items', json: '{"bad":1}', reason: 'bad: "no"' }] : [],
		});
	}
	await store.pushItems([{ dataset: 'default', json: '{"by":"hand"}' }]);
	return path;
}

function opened(path: string): StorageError {
	try {
		ItemReader.open(path)[Symbol.dispose]();
	} catch (error) {
		if (error instanceof StorageError) return error;
		throw error;
	}
	throw new Error(`${path} was opened`);
}

describe('rows', () => {
	test('come in their order, as they are stored', async () => {
		using reader = ItemReader.open(await crawled());
		expect([...reader.rows(ALL)]).toEqual(['{"label":"shop"}', '{"label":"item"}', '{"by":"hand"}']);
	});

	test('can be gone through again, and left in the middle', async () => {
		using reader = ItemReader.open(await crawled());
		for (const row of reader.rows(ALL)) {
			expect(row).toBe('{"label":"shop"}');
			break;
		}
		expect([...reader.rows(ALL)]).toHaveLength(3);
	});

	test('are chosen by label and time', async () => {
		const path = await crawled();
		const database = new DatabaseSync(path);
		database.exec('UPDATE item SET added_at = id * 1000');
		database.close();
		using reader = ItemReader.open(path);
		expect([...reader.rows({ ...ALL, label: 'item' })]).toEqual(['{"label":"item"}']);
		expect([...reader.rows({ ...ALL, since: 2000 })]).toEqual(['{"label":"item"}', '{"by":"hand"}']);
		expect([...reader.rows({ ...ALL, until: 2000 })]).toEqual(['{"label":"shop"}']);
		expect([...reader.rows({ ...ALL, since: 2000, until: 3000, label: 'shop' })]).toEqual([]);
	});

	test('that were rejected have their reason and page', async () => {
		const path = await crawled();
		const database = new DatabaseSync(path);
		database.exec('UPDATE rejected_item SET rejected_at = 1000');
		database.close();
		using reader = ItemReader.open(path);
		const rejected = { dataset: 'items', which: 'rejected' } as const;
		const [row = '', ...more] = [...reader.rows(rejected)];
		expect(more).toEqual([]);
		expect(JSON.parse(row)).toEqual({
			url: 'http://a.example/item',
			reason: 'bad: "no"',
			rejectedAt: '1970-01-01T00:00:01.000Z',
			item: { bad: 1 },
		});
		expect([...reader.rows({ ...rejected, label: 'item', since: 1000, until: 1001 })]).toHaveLength(1);
		expect([...reader.rows({ ...rejected, since: 1001 })]).toEqual([]);
		expect([...reader.rows({ ...rejected, label: 'shop' })]).toEqual([]);
	});
});

test('the datasets are named, those too that have nothing but rejected rows', async () => {
	using reader = ItemReader.open(await crawled());
	expect(reader.datasets('items')).toEqual(['default']);
	expect(reader.datasets('rejected')).toEqual(['default', 'items']);
});

describe('beside a crawl', () => {
	test('the rows are those of one moment, and the store goes on', async () => {
		const path = await newPath();
		await using store = SqliteStore.open(path);
		const push = (n: number): Promise<void> => store.pushItems([{ dataset: 'default', json: `{"n":${n}}` }]);
		for (let n = 0; n < 100; n += 1) await push(n);
		using reader = ItemReader.open(path);
		const seen: string[] = [];
		for (const row of reader.rows(ALL)) {
			seen.push(row);
			await push(1_000);
		}
		await store.dropDataset('default');
		expect(seen).toHaveLength(100);
		expect([...reader.rows(ALL)]).toEqual(seen);
	});

	test('of another process, each look is a whole number of its pages', async () => {
		const path = await begun();
		const child = startChild('crawl-forever', path);
		await child.wrote(1);
		const counts: number[] = [];
		for (let look = 0; look < 10; look += 1) {
			using reader = ItemReader.open(path);
			const first = [...reader.rows({ dataset: 'pages', which: 'items' })];
			await child.wrote(child.output().split('\n').length);
			expect([...reader.rows({ dataset: 'pages', which: 'items' })]).toEqual(first);
			counts.push(first.length);
		}
		expect(counts).toEqual(counts.toSorted((a, b) => a - b));
		expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0);
		await child.kill();
		await using store = SqliteStore.open(path);
		const { total } = await store.readItems('pages', { offset: 0, limit: 1 });
		expect(total).toBeGreaterThanOrEqual(counts.at(-1) ?? 0);
	}, 30_000);
});

describe('the file', () => {
	test('is left as it was, and nothing beside it', async () => {
		const path = await crawled();
		const before = readFileSync(path);
		{
			using reader = ItemReader.open(path);
			expect([...reader.rows(ALL)]).toHaveLength(3);
		}
		expect(readFileSync(path).equals(before)).toBe(true);
		expect(await readdir(dirname(path))).toEqual(['crawl.sqlite']);
	});

	test('that was removed meanwhile is not made again', async () => {
		const path = await crawled();
		const reader = ItemReader.open(path);
		for (const end of ['', '-wal', '-shm']) await rm(path + end);
		reader[Symbol.dispose]();
		expect(await readdir(dirname(path))).toEqual([]);
	});

	test.runIf(process.platform === 'linux')('stays locked by whoever has it open in the same process', async () => {
		const path = await crawled();
		await using store = SqliteStore.open(path);
		const locks = (): number => {
			const { ino } = statSync(path);
			return readFileSync('/proc/locks', 'utf8')
				.split('\n')
				.filter((line) => line.includes(`:${ino} `)).length;
		};
		await store.pushItems([{ dataset: 'default', json: '{}' }]);
		const before = locks();
		expect(before).toBeGreaterThan(0);
		{
			using reader = ItemReader.open(path);
			expect([...reader.rows(ALL)]).toHaveLength(4);
		}
		expect(locks()).toBe(before);
	});

	test('of a crawl that was killed is read with what it had committed', async () => {
		const path = await begun();
		const child = startChild('crawl-forever', path);
		await child.wrote(3);
		await child.kill();
		using reader = ItemReader.open(path);
		expect([...reader.rows({ dataset: 'pages', which: 'items' })].length).toBeGreaterThan(0);
	}, 30_000);

	test('of the first version is read as it is', async () => {
		const path = await newPath();
		const database = new DatabaseSync(path);
		database.exec(`${readFileSync(join(import.meta.dirname, 'fixtures/schema-1.sql'), 'utf8')}
			INSERT INTO domain (id, name) VALUES (1, 'a.example');
			INSERT INTO request (id, unique_key, domain_id, added_at, label) VALUES (1, 'http://a.example/', 1, 5, 'old');
			INSERT INTO dataset (id, name, created_at, item_count) VALUES (1, 'default', 5, 1);
			INSERT INTO item (dataset_id, request_id, added_at, data) VALUES (1, 1, 9, '{"n":1}');
			PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`);
		database.close();
		using reader = ItemReader.open(path);
		expect([...reader.rows({ ...ALL, label: 'old', since: 9 })]).toEqual(['{"n":1}']);
		expect([...reader.rows({ ...ALL, which: 'rejected' })]).toEqual([]);
		expect(reader.datasets('rejected')).toEqual(['default']);
	});

	test('without tables has no rows', async () => {
		const path = await newPath();
		await writeFile(path, '');
		using reader = ItemReader.open(path);
		expect(reader.datasets('items')).toEqual([]);
		expect([...reader.rows(ALL)]).toEqual([]);
	});
});

describe('what cannot be read is refused as when it is opened', () => {
	test('a missing file, which is not made', async () => {
		const path = await newPath();
		expect(opened(path)).toMatchObject({ code: 'ORB_STORAGE_UNREADABLE' });
		expect(opened(path).message).toBe(
			`storage "${path}" does not exist; give the file of a crawl that has been started.`,
		);
		expect(existsSync(path)).toBe(false);
	});

	test('a folder', async () => {
		const path = await newPath();
		await mkdir(path);
		expect(opened(path).message).toContain('is a folder');
	});

	test('what another program has written', async () => {
		const path = await newPath();
		await writeFile(path, 'name,price\n');
		expect(opened(path)).toMatchObject({ code: 'ORB_STORAGE_FOREIGN' });
		const books = join(dirname(path), 'books.sqlite');
		const database = new DatabaseSync(books);
		database.exec('CREATE TABLE item (data TEXT)');
		database.close();
		expect(opened(books)).toMatchObject({ code: 'ORB_STORAGE_FOREIGN' });
		expect((await readdir(dirname(path))).sort()).toEqual(['books.sqlite', 'crawl.sqlite']);
	});

	test('a file of a newer version', async () => {
		const path = await crawled();
		const database = new DatabaseSync(path);
		database.exec('PRAGMA user_version = 4711');
		database.close();
		expect(opened(path)).toMatchObject({ code: 'ORB_STORAGE_NEWER' });
	});

	test('a damaged file', async () => {
		const path = await crawled();
		const bytes = readFileSync(path);
		await writeFile(path, bytes.fill(0xff, 4096));
		const read = (): unknown => {
			using reader = ItemReader.open(path);
			return [...reader.rows(ALL)];
		};
		expect(read).toThrow(StorageError);
		expect(read).toThrow(/is damaged/);
	});
});

import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { Dataset, SqliteStore } from '../../src/index.ts';
import { OutputFile } from '../../src/output/output-file.ts';
import { rowsOf, tempFolder, testCrawler } from '../crawler/crawl.ts';

interface Bench {
	readonly store: SqliteStore;
	readonly path: string;
	push(...numbers: number[]): Promise<void>;
	/** Opens the file, catches up and closes it. */
	follow(): Promise<void>;
	lines(): Promise<unknown[]>;
}

async function bench(): Promise<Bench & AsyncDisposable> {
	const folder = await tempFolder();
	const store = SqliteStore.open(join(folder, 'crawl.sqlite'));
	const path = join(folder, 'sub/items.jsonl');
	return {
		store,
		path,
		push: (...numbers) => store.pushItems(numbers.map((n) => ({ dataset: 'default', json: JSON.stringify({ n }) }))),
		follow: async () => {
			const output = await OutputFile.open({ store, path, isSynced: true, failed: () => {} });
			await output.close();
		},
		lines: async () =>
			(await readFile(path, 'utf8'))
				.trimEnd()
				.split('\n')
				.map((line) => JSON.parse(line) as unknown),
		[Symbol.asyncDispose]: () => store.close(),
	};
}

describe('each row is in the file once', () => {
	test('over several runs', async () => {
		await using on = await bench();
		await on.follow();
		expect(await readFile(on.path, 'utf8')).toBe('');
		await on.push(1, 2);
		await on.follow();
		await on.push(...Array.from({ length: 2_500 }, (_, index) => index + 3));
		await on.store.pushItems([{ dataset: 'other', json: '{"n":-1}' }]);
		await on.follow();
		await on.follow();
		expect(await on.lines()).toEqual(Array.from({ length: 2_502 }, (_, index) => ({ n: index + 1 })));
	});

	test('after a kill between writing and remembering, in the middle of a row', async () => {
		await using on = await bench();
		await on.push(1, 2);
		await on.follow();
		await appendFile(on.path, '{"n":3}\n{"n"');
		await on.push(3, 4);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
	});

	test('when the file was removed or cut', async () => {
		await using on = await bench();
		await on.push(1, 2);
		await on.follow();
		await truncate(on.path, 9);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 1 }, { n: 2 }]);
		await rm(on.path);
		await on.push(3);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
	});

	test('when the storage was emptied, or the dataset dropped', async () => {
		await using on = await bench();
		await on.push(1, 2, 3);
		await on.follow();
		await on.store.clear();
		await on.push(7);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 7 }]);
		await on.store.dropDataset('default');
		await on.push(8);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 8 }]);
	});

	test('when the dataset got another name, or became the default', async () => {
		await using on = await bench();
		await on.store.pushItems([{ dataset: 'other', json: '{"n":0}' }]);
		await on.push(1, 2);
		await on.follow();
		await on.store.renameDataset('default', 'old');
		await on.push(3);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 3 }]);
		await on.store.dropDataset('default');
		await on.store.renameDataset('other', 'default');
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 0 }]);
	});

	test('when the dataset is dropped while the file is written', async () => {
		await using on = await bench();
		await on.push(1, 2, 3);
		const output = await OutputFile.open({ store: on.store, path: on.path, isSynced: false, failed: () => {} });
		output.start();
		await expect.poll(() => readFile(on.path, 'utf8'), { timeout: 10_000 }).toContain('{"n":3}\n');
		await on.store.dropDataset('default');
		await on.push(4);
		await output.close();
		expect(await on.lines()).toEqual([{ n: 4 }]);
	});
});

describe('what somebody else has put there is refused, and not touched', () => {
	const CHANGES: readonly [what: string, content: string][] = [
		['a larger file in its place', '{"n":7}\n'.repeat(9)],
		['a file of the same length', '{"n":1}\n{"n":7}\n'],
		['a line behind its rows', '{"n":1}\n{"n":2}\n{"mine":true}\n'],
		['half a line behind its rows', '{"n":1}\n{"n":2}\n{"m'],
		['a shorter file', 'my notes\n'],
	];
	test.each(CHANGES)('%s', async (_what, content) => {
		await using on = await bench();
		await on.push(1, 2);
		await on.follow();
		await writeFile(on.path, content);
		await on.push(3);
		const message = expect.stringMatching(
			/sub.items\.jsonl" was changed by somebody else\. .* all rows are in the storage/,
		);
		await expect(on.follow()).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN', message });
		expect(await readFile(on.path, 'utf8')).toBe(content);
		await rename(on.path, `${on.path}.old`);
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
	});

	const ACTS: readonly [what: string, act: (path: string) => Promise<void>][] = [
		['was removed', (path) => rm(path)],
		['was changed by somebody else', (path) => writeFile(path, '')],
		['was changed by somebody else', (path) => appendFile(path, 'x')],
		[
			'was replaced by another file',
			async (path) => {
				await writeFile(`${path}.new`, '{"n":1}\n');
				await rename(`${path}.new`, path);
			},
		],
	];
	test.each(ACTS)('it %s while it is written', async (what, act) => {
		await using on = await bench();
		await on.push(1);
		const failures: Error[] = [];
		const failed = (error: Error): void => void failures.push(error);
		const output = await OutputFile.open({ store: on.store, path: on.path, isSynced: false, failed });
		output.start();
		await expect.poll(() => readFile(on.path, 'utf8'), { timeout: 10_000 }).toContain('{"n":1}\n');
		await act(on.path);
		const left = await readFile(on.path, 'utf8').catch(() => undefined);
		await expect.poll(() => failures, { timeout: 10_000 }).toHaveLength(1);
		const error = { code: 'ORB_OUTPUT_FOREIGN', message: expect.stringContaining(what) };
		expect(failures[0]).toMatchObject(error);
		await on.push(2);
		await expect(output.close()).rejects.toMatchObject(error);
		expect(await readFile(on.path, 'utf8').catch(() => undefined)).toBe(left);
		await rm(on.path, { force: true });
		await on.follow();
		expect(await on.lines()).toEqual([{ n: 1 }, { n: 2 }]);
	});

	test('a file whose rows are gone, when it has grown since', async () => {
		await using on = await bench();
		await on.push(1);
		await on.follow();
		await on.store.dropDataset('default');
		await appendFile(on.path, 'x\n');
		await expect(on.follow()).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN' });
		expect(await readFile(on.path, 'utf8')).toBe('{"n":1}\nx\n');
	});
});

describe('the file is known again', () => {
	const follow = async (storage: string, path: string): Promise<string> => {
		await using store = SqliteStore.open(storage);
		await store.pushItems([{ dataset: 'default', json: '{"n":2}' }]);
		const output = await OutputFile.open({ store, path, isSynced: false, failed: () => {} });
		await output.close();
		return readFile(path, 'utf8');
	};

	test('when the folder of both has moved', async () => {
		const folder = await tempFolder();
		await follow(join(folder, 'a/crawl.sqlite'), join(folder, 'a/items.jsonl'));
		await rename(join(folder, 'a'), join(folder, 'b'));
		expect(await follow(join(folder, 'b/crawl.sqlite'), join(folder, 'b/items.jsonl'))).toBe('{"n":2}\n'.repeat(2));
	});

	test('when only one of them has moved', async () => {
		const folder = await tempFolder();
		await follow(join(folder, 'crawl.sqlite'), join(folder, 'items.jsonl'));
		await mkdir(join(folder, 'c'));
		await rename(join(folder, 'items.jsonl'), join(folder, 'c/items.jsonl'));
		expect(await follow(join(folder, 'crawl.sqlite'), join(folder, 'c/items.jsonl'))).toBe('{"n":2}\n'.repeat(2));
	});

	test('by its full path, as it was kept once', async () => {
		const folder = await tempFolder();
		const [storage, output] = [join(folder, 'crawl.sqlite'), join(folder, 'items.jsonl')];
		await follow(storage, output);
		const database = new DatabaseSync(storage);
		database.prepare('UPDATE output_file SET path = ?, item_id = -1').run(output);
		database.exec('DELETE FROM item');
		database.close();
		expect(await follow(storage, output)).toBe('{"n":2}\n');
	});
});

test('a file of somebody else is refused and not touched', async () => {
	await using on = await bench();
	await on.follow();
	await rm(on.path);
	const other = `${on.path}.other`;
	await writeFile(other, 'my notes\n');
	const opened = OutputFile.open({ store: on.store, path: other, isSynced: false, failed: () => {} });
	await expect(opened).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN', message: expect.stringContaining(other) });
	expect(await readFile(other, 'utf8')).toBe('my notes\n');
});

test('a crawl keeps it in step while it runs, and whole at its end', async () => {
	await using site = await startServer({ '/robots.txt': { status: 404 }, '/*': '<p>page</p>' });
	const output = join(await tempFolder(), 'items.jsonl');
	const seen: string[] = [];
	const crawler = testCrawler({
		output,
		maxConcurrency: 1,
		requestHandler: async ({ request, pushData }) => {
			await pushData({ path: new URL(request.url).pathname });
			if (!request.url.endsWith('/3')) return;
			while ((seen.at(-1) ?? '') === '') seen.push(await readFile(output, 'utf8'));
		},
	});
	await crawler.run(['/1', '/2', '/3'].map((path) => site.url + path));
	expect(seen.at(-1)).toContain('{"path":"/1"}\n');
	expect(await readFile(output, 'utf8')).toBe('{"path":"/1"}\n{"path":"/2"}\n{"path":"/3"}\n');
});

test('a file that cannot be opened ends the run before its first page', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const folder = await tempFolder();
	const crawler = testCrawler({ output: folder, requestHandler: async () => {} });
	await expect(crawler.run([`${site.url}/`])).rejects.toMatchObject({ code: 'ORB_OUTPUT_WRITE_FAILED' });
	expect(site.log.hits()).toBe(0);
});

describe('a crawl that starts over', () => {
	test('removes nothing when its output is refused', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const folder = await tempFolder();
		const options = {
			storage: join(folder, 'crawl.sqlite'),
			requestHandler: async ({ pushData }: { pushData(row: object): Promise<void> }) => pushData({ n: 1 }),
		};
		await testCrawler(options).run([`${site.url}/`]);
		const output = join(folder, 'notes.txt');
		await writeFile(output, 'my notes\n');
		const again = testCrawler({ ...options, resume: false, output });
		await expect(again.addRequests([`${site.url}/x`])).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN' });
		await expect(again.run([`${site.url}/`])).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN' });
		expect(await rowsOf(testCrawler({ storage: options.storage }))).toEqual([{ n: 1 }]);
	});

	test('begins its output anew, also after a kill that left half a row', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const folder = await tempFolder();
		const [storage, output] = [join(folder, 'crawl.sqlite'), join(folder, 'items.jsonl')];
		const crawl = (n: number) =>
			testCrawler({
				storage,
				output,
				resume: false,
				requestHandler: async ({ pushData }) => pushData([{ n }, { n: n + 1 }]),
			}).run([`${site.url}/`]);
		await crawl(1);
		{
			await using store = SqliteStore.open(storage);
			await store.moveOutputPosition('items.jsonl', { itemId: 2, bytes: 16 }, { itemId: 1, bytes: 8 });
		}
		await truncate(output, 11);
		await crawl(3);
		expect(await readFile(output, 'utf8')).toBe('{"n":3}\n{"n":4}\n');
	});
});

test('a handler that drops the default dataset loses no row that is pushed later', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const output = join(await tempFolder(), 'items.jsonl');
	const crawler = testCrawler({
		output,
		maxConcurrency: 1,
		requestHandler: async ({ request, pushData }) => {
			const path = new URL(request.url).pathname;
			if (path === '/3') {
				await expect.poll(() => readFile(output, 'utf8'), { timeout: 10_000 }).toContain('/2"}\n');
				await (await Dataset.open()).drop();
			}
			await pushData(Array.from({ length: 5 }, (_, n) => ({ n, path })));
		},
	});
	await crawler.run(['/1', '/2', '/3', '/4', '/5'].map((path) => site.url + path));
	const rows = await rowsOf(crawler);
	expect(rows).toHaveLength(15);
	const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
	expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
});

test('an output that is removed during the run ends it before its last page', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const output = join(await tempFolder(), 'items.jsonl');
	let isRemoved = false;
	const crawler = testCrawler({
		output,
		maxConcurrency: 1,
		requestHandler: async ({ pushData }) => {
			await pushData({ n: 1 });
			if (!isRemoved) await rm(output);
			isRemoved = true;
			await new Promise((resolve) => setTimeout(resolve, 10));
		},
	});
	const run = crawler.run(Array.from({ length: 500 }, (_, n) => `${site.url}/${n}`));
	await expect(run).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN' });
	expect(site.log.hits()).toBeLessThan(500);
});

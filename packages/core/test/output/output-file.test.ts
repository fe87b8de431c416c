import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/index.ts';
import { OutputFile } from '../../src/output/output-file.ts';
import { tempFolder, testCrawler } from '../crawler/crawl.ts';

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

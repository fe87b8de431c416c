import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { SqliteStore, StorageError } from '../../src/index.ts';
import { rowsOf, tempFolder, tempStorage, testCrawler, watchRejections } from './crawl.ts';

describe('a storage that cannot be used: run() says so in one sentence', () => {
	test('in use by another crawl, which goes on undisturbed', async () => {
		const storage = await tempStorage();
		await using _ = SqliteStore.open(storage);
		const crawler = testCrawler({ storage, requestHandler: async () => {} });

		await expect(crawler.run(['http://127.0.0.1:9/'])).rejects.toThrow(
			`storage "${storage}" is in use by another crawl;`,
		);
		await expect(crawler.run()).rejects.toMatchObject({ code: 'ORB_STORAGE_IN_USE' });
	});

	test('a foreign file, a foreign database and a folder are left as they are', async () => {
		const folder = await tempFolder();
		const text = join(folder, 'notes.txt');
		await writeFile(text, 'my notes');
		const database = join(folder, 'other.sqlite');
		const other = new DatabaseSync(database);
		other.exec('CREATE TABLE mine (id)');
		other.close();
		const bytes = await readFile(database);
		await mkdir(join(folder, 'sub'));

		for (const [storage, code] of [
			[text, 'ORB_STORAGE_FOREIGN'],
			[database, 'ORB_STORAGE_FOREIGN'],
			[join(folder, 'sub'), 'ORB_STORAGE_UNREADABLE'],
			[join(text, 'below'), 'ORB_STORAGE_UNREADABLE'],
		] as const) {
			const crawler = testCrawler({ storage, requestHandler: async () => {} });
			await expect(crawler.run(['http://127.0.0.1:9/'])).rejects.toMatchObject({ code });
			await expect(crawler.addRequests(['http://127.0.0.1:9/'])).rejects.toBeInstanceOf(StorageError);
			await expect(crawler.getData()).rejects.toBeInstanceOf(StorageError);
		}
		expect(await readFile(text, 'utf8')).toBe('my notes');
		expect((await readFile(database)).equals(bytes)).toBe(true);
	});
});

describe('a storage that fails in the middle', () => {
	test('run() rejects, nothing is left running, and a later run on the mended file completes', async () => {
		const rejections = watchRejections();
		await using site = await startServer({ '/*': '<p>page</p>' });
		const storage = await tempStorage();
		let isBroken = true;
		const crawler = testCrawler({
			storage,
			maxConcurrency: 4,
			requestHandler: async ({ request, pushData }) => {
				if (isBroken && request.url.endsWith('/5')) spoil(storage);
				await pushData({ url: request.url });
			},
		});
		const urls = Array.from({ length: 30 }, (_, n) => `${site.url}/${n}`);

		await expect(crawler.run(urls)).rejects.toMatchObject({ code: 'ORB_STORAGE_WRITE_FAILED' });
		isBroken = false;
		mend(storage);
		await crawler.run();

		expect((await rowsOf(crawler)).map(({ url }) => url).sort()).toEqual(urls.sort());
		expect(rejections).toEqual([]);
	});

	test('with keepAlive it rejects too', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const storage = await tempStorage();
		const crawler = testCrawler({
			storage,
			keepAlive: true,
			requestHandler: ({ pushData }) => {
				spoil(storage);
				return pushData({ n: 1 });
			},
		});

		await expect(crawler.run([site.url])).rejects.toMatchObject({ code: 'ORB_STORAGE_WRITE_FAILED' });
	});

	test.each(['many', 'one'])(
		'a full disk (%s): the process is told, and what was committed is whole',
		async (seeds) => {
			await using site = await startServer({ '/*': '<p>page</p>' });
			const storage = await tempStorage();
			const script = fileURLToPath(new URL('full-disk-child.ts', import.meta.url));
			// In blocks of 1,024 bytes (POSIX says 512, bash takes 1,024).
			const blocks = seeds === 'one' ? 1_000 : 1_500;
			const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
			const child = spawn('bash', ['-c', command, process.execPath, script, site.url, storage, seeds]);
			let output = '';
			child.stdout.on('data', (data) => {
				output += data;
			});
			const code = await new Promise((resolve) => child.once('close', resolve));

			expect(output).toMatch(/rejected: storage ".*" cannot be written: .*What was committed is kept/);
			expect(code).toBe(0);
			await using store = SqliteStore.open(storage);
			const { handled } = store.counts();
			expect((await store.readItems('default', { offset: 0, limit: 1_000 })).json).toHaveLength(handled);
		},
		20_000,
	);
});

/** Makes every further item fail, from another connection: the crawl's own statements meet a real error of SQLite. */
function spoil(storage: string): void {
	const other = new DatabaseSync(storage, { timeout: 5_000 });
	other.exec(`CREATE TRIGGER IF NOT EXISTS spoil BEFORE INSERT ON item BEGIN SELECT RAISE(ABORT, 'disk on fire'); END`);
	other.close();
}

function mend(storage: string): void {
	const other = new DatabaseSync(storage);
	other.exec('DROP TRIGGER spoil');
	other.close();
}

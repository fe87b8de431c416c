import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BasicCrawler, Configuration, Dataset, KeyValueStore, log } from '../../src/crawlee.ts';
import { Crawler, type FileStorageClient, openStorageClient } from '../../src/index.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { startChild } from '../sqlite/child.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

log.setLevel(log.LEVELS.OFF);

async function newPath(): Promise<string> {
	return join(await temporaryFolder(), 'crawlee.sqlite');
}

/** A site of `size` pages that link to each other as a tree; every seventh fails once, `/broken` always. */
async function startSite(size: number): Promise<{ url: string; tries: Map<string, number> }> {
	const tries = new Map<string, number>();
	const server = await startServer((request, response) => {
		const path = request.url ?? '/';
		tries.set(path, (tries.get(path) ?? 0) + 1);
		const page = Number(path.slice(1));
		const fails = path === '/broken' || (page % 7 === 6 && tries.get(path) === 1);
		response.statusCode = fails ? 500 : 200;
		const links = [2 * page + 1, 2 * page + 2].filter((link) => link < size).map((link) => `/${link}`);
		response.end(JSON.stringify(links));
	});
	onTestFinished(() => server[Symbol.asyncDispose]());
	return { url: server.url, tries };
}

const numbers = (size: number): string[] => Array.from({ length: size }, (_, index) => `/${index}`).sort();

/** Crawls the site with Crawlee's own crawler; answers the pages that it gave up. */
async function crawl(
	storageClient: FileStorageClient,
	start: string[],
	options: { purgeOnStart?: boolean; requestLocking?: boolean; stopAfter?: number } = {},
): Promise<{ failed: string[]; state: unknown }> {
	const { purgeOnStart = true, requestLocking = true, stopAfter } = options;
	let pages = 0;
	const failed: string[] = [];
	const config = new Configuration({ storageClient, purgeOnStart });
	const crawler = new BasicCrawler(
		{
			experiments: { requestLocking },
			maxRequestRetries: 1,
			autoscaledPoolOptions: { maybeRunIntervalSecs: 0.02 },
			async requestHandler({ request, addRequests, pushData, useState }) {
				const response = await fetch(request.url);
				if (!response.ok) throw new Error(`status ${response.status}`);
				const path = new URL(request.url).pathname;
				const links = (await response.json()) as string[];
				await addRequests(links.map((link) => ({ url: new URL(link, request.url).href, userData: { from: path } })));
				await pushData({ path, from: request.userData.from as string | undefined, depth: request.crawlDepth });
				const shots = await KeyValueStore.open('shots', { config });
				await shots.setValue(`page-${path.slice(1)}`, Buffer.from(path), { contentType: 'text/plain' });
				const state = await useState({ pages: 0 });
				state.pages++;
				if (++pages === stopAfter) crawler.stop();
			},
			failedRequestHandler: ({ request }) => void failed.push(new URL(request.url).pathname),
		},
		config,
	);
	await crawler.run(start);
	const store = await KeyValueStore.open(null, { config });
	return { failed, state: await store.getAutoSavedValue('CRAWLEE_STATE') };
}

async function pathsIn(client: FileStorageClient, dataset = 'default'): Promise<string[]> {
	const { items } = await client.dataset(dataset).listItems();
	return items.map(({ path }) => path as string).sort();
}

describe.each([
	['RequestQueue, which locks', true, 40],
	// Smaller: it waits three seconds before each retry.
	['RequestQueueV1, which does not', false, 13],
])('a crawler of Crawlee’s own with %s', (_, requestLocking, size) => {
	test('crawls, retries, gives up and keeps all of it in the file', async () => {
		const site = await startSite(size);
		const path = await newPath();
		{
			await using client = openStorageClient(path);
			const { failed, state } = await crawl(client, [`${site.url}/0`, `${site.url}/broken`], { requestLocking });

			expect(failed).toEqual(['/broken']);
			expect(state).toEqual({ pages: size });
			expect(site.tries.get('/broken')).toBe(2);
			expect(await pathsIn(client)).toEqual(numbers(size));
			expect(await client.requestQueue('default').get()).toMatchObject({
				totalRequestCount: size + 1,
				handledRequestCount: size + 1,
				pendingRequestCount: 0,
				hadMultipleClients: false,
			});
			const shots = await client.keyValueStore('shots').getRecord('page-12');
			expect(shots).toEqual({ key: 'page-12', value: '/12', contentType: 'text/plain' });
		}
		const reader = new Crawler({ storage: path });
		const { items, total } = await reader.getData();
		expect(total).toBe(size);
		expect(items).toContainEqual({ path: '/1', from: '/0', depth: 1 });
		expect(existsSync(`${path}-wal`)).toBe(false);
	}, 60_000);
});

describe('a second run goes on where the first one stopped, when it is told not to purge', () => {
	test('in a file that is opened again', async () => {
		const site = await startSite(30);
		const path = await newPath();
		{
			await using client = openStorageClient(path);
			await crawl(client, [`${site.url}/0`], { stopAfter: 8 });
		}
		expect(site.tries.size).toBeLessThan(30);
		await using client = openStorageClient(path);
		await crawl(client, [`${site.url}/0`], { purgeOnStart: false });
		expect(await pathsIn(client)).toEqual(numbers(30));
		expect(site.tries.get('/0')).toBe(1);
	}, 60_000);

	test('with the same client, although the first one has locked more than it has crawled', async () => {
		const site = await startSite(30);
		await using client = openStorageClient(await newPath());
		await crawl(client, [`${site.url}/0`, ...numbers(30).map((path) => site.url + path)], { stopAfter: 3 });
		expect(site.tries.size).toBeLessThan(30);
		await crawl(client, []);
		expect(await pathsIn(client)).toEqual(numbers(30));
		expect(await client.requestQueue('default').get()).toMatchObject({ hadMultipleClients: true });
	}, 60_000);
});

describe('purgeOnStart', () => {
	test('empties what has no name, once for each client, and nothing else', async () => {
		const site = await startSite(3);
		const path = await newPath();
		{
			await using client = openStorageClient(path);
			await crawl(client, [`${site.url}/0`]);
			await crawl(client, [`${site.url}/0`]);
			expect(await pathsIn(client)).toEqual(numbers(3));
			await client.dataset('named').pushItems({ path: '/kept' });
			await client.requestQueue('named').addRequest({ url: 'http://a.example/', uniqueKey: 'a' });
			await client.keyValueStore('default').setRecord({ key: 'INPUT', value: { depth: 3 } });
			await client.keyValueStore('default').setRecord({ key: 'OTHER', value: 1 });
		}
		await using client = openStorageClient(path);
		await crawl(client, [`${site.url}/0`]);
		expect(await pathsIn(client)).toEqual(numbers(3));
		expect(await pathsIn(client, 'named')).toEqual(['/kept']);
		expect(await client.requestQueue('named').get()).toMatchObject({ pendingRequestCount: 1 });
		expect(await client.keyValueStore('shots').recordExists('page-0')).toBe(true);
		expect(await client.keyValueStore('default').getRecord('INPUT')).toMatchObject({ value: { depth: 3 } });
		expect(await client.keyValueStore('default').recordExists('OTHER')).toBe(false);
	}, 60_000);

	test('never touches a crawl of ours in the same file', async () => {
		const site = await startSite(3);
		const storage = await newPath();
		const ours = new Crawler({
			storage,
			respectRobotsTxtFile: false,
			async requestHandler({ pushData, useState }) {
				await pushData({ path: '/ours' });
				(await useState({ pages: 0 })).pages++;
			},
		});
		await ours.run([`${site.url}/ours`]);
		{
			await using client = openStorageClient(storage);
			await crawl(client, [`${site.url}/0`]);
			expect(await pathsIn(client)).toEqual([...numbers(3), '/ours']);
		}
		await using store = SqliteStore.open(storage);
		expect(store.counts()).toMatchObject({ handled: 1, waiting: 0 });
		expect(await store.crawleeQueues.find('default')).toMatchObject({ totalCount: 3, handledCount: 3 });
	}, 60_000);
});

test('a process that is killed and started again goes on at once and loses nothing', async () => {
	const site = await startSite(90);
	const path = await newPath();
	const argument = JSON.stringify({ path, url: `${site.url}/0` });
	for (const lines of [15, 30]) {
		const killed = startChild('crawlee-crawl', argument);
		await killed.wrote(lines);
		await killed.kill();
		expect(killed.output()).not.toContain('done');
	}
	// Long before a lock of Crawlee's would run out: that takes three minutes, and this test has two.
	const last = startChild('crawlee-crawl', argument);
	await last.ended();
	expect(last.output()).toContain('done');
	// Closed although its script does not say so.
	expect([existsSync(`${path}-wal`), existsSync(`${path}-lock`)]).toEqual([false, false]);

	await using client = openStorageClient(path);
	expect(await client.requestQueue('default').get()).toMatchObject({
		totalRequestCount: 90,
		handledRequestCount: 90,
	});
	const { items } = await client.dataset('default').listItems();
	const paths = items.map((item) => new URL(item.url as string).pathname);
	expect([...new Set(paths)].sort()).toEqual(numbers(90));
	// Crawlee stores a row when it is pushed, not with its page: those in flight at a kill may be there twice.
	expect(paths.length - 90).toBeLessThanOrEqual(2 * 10);
}, 120_000);

describe('the client', () => {
	test('keeps the file to itself until it is disposed of', async () => {
		const path = await newPath();
		const client = openStorageClient(path, { durability: 'full' });
		expect(() => openStorageClient(path)).toThrow('is in use by another crawl');
		await client[Symbol.asyncDispose]();
		await client[Symbol.asyncDispose]();
		await expect(client.dataset('d').pushItems({ n: 1 })).rejects.toMatchObject({ code: 'ORB_STORAGE_CLOSED' });
		await openStorageClient(path)[Symbol.asyncDispose]();
	});

	test('has stored all that was asked for when it is torn down', async () => {
		const path = await newPath();
		await using client = openStorageClient(path);
		const pushed = client.dataset('d').pushItems([{ n: 1 }, { n: 2 }]);
		await client.teardown?.();
		const other = new DatabaseSync(path, { readOnly: true });
		expect(other.prepare('SELECT count(*) AS rows FROM item').get()).toEqual({ rows: 2 });
		other.close();
		await pushed;
	});

	test('lists its queues, and knows when several of Crawlee’s objects share one', async () => {
		await using client = openStorageClient(':memory:');
		expect(await client.requestQueues().getOrCreate('q')).toMatchObject({ id: 'q', name: 'q', totalRequestCount: 0 });
		client.requestQueue('q', { clientKey: 'one' });
		client.requestQueue('q', { clientKey: 'one' });
		expect(await client.requestQueue('q').get()).toMatchObject({ hadMultipleClients: false });
		client.requestQueue('q', { clientKey: 'two' });
		expect(await client.requestQueues().list()).toMatchObject({ total: 1, items: [{ hadMultipleClients: true }] });
	});

	test.each([
		['a path that is none', () => openStorageClient(7 as never), 'path of a storage must be a text'],
		['an empty path', () => openStorageClient(''), 'path of a storage must be a text'],
		['a misspelt option', () => openStorageClient(':memory:', { durabilty: 1 } as never), 'did you mean durability'],
		['a level that there is not', () => openStorageClient(':memory:', { durability: 'high' as never }), "'normal' or"],
	])('refuses %s', (_, open, message) => {
		expect(open).toThrow(message);
	});
});

test('exports what Crawlee’s crawler has pushed', async () => {
	const path = await newPath();
	{
		await using client = openStorageClient(path);
		const dataset = await Dataset.open('prices', { config: new Configuration({ storageClient: client }) });
		await dataset.pushData([{ n: 1 }, { n: 2 }]);
	}
	const ours = new Crawler({ storage: path });
	expect((await (await ours.getDataset('prices')).getData()).items).toEqual([{ n: 1 }, { n: 2 }]);
});

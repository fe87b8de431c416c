import { DatabaseSync } from 'node:sqlite';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { CriticalError, KeyValueStore } from '../../src/index.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { SharedState } from '../../src/state/shared-state.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';
import { tempStorage, testCrawler } from '../crawler/crawl.ts';

const SITE = { '/*': '<p>page</p>' };

interface Sums {
	pages: number;
	paths: string[];
}

const NONE: Sums = { pages: 0, paths: [] };

async function stored(storage: string): Promise<unknown> {
	await using store = SqliteStore.open(storage);
	const record = await store.getRecord('default', 'CRAWLEE_STATE');
	return record && JSON.parse(Buffer.from(record.value).toString());
}

describe('useState', () => {
	test('is shared by all handlers, stored with their pages, and there at the next run', async () => {
		await using site = await startServer(SITE);
		const storage = await tempStorage();
		const crawl = async (paths: readonly string[]): Promise<void> => {
			const crawler = testCrawler({
				storage,
				requestHandler: async ({ request, useState }) => {
					const state = await useState(NONE);
					state.pages++;
					state.paths.push(new URL(request.url).pathname);
				},
			});
			await crawler.run(paths.map((path) => site.url + path));
		};
		await crawl(['/a', '/b']);
		await crawl(['/c']);
		expect(await stored(storage)).toEqual({ pages: 3, paths: expect.arrayContaining(['/a', '/b', '/c']) });
		expect(NONE).toEqual({ pages: 0, paths: [] });
	});

	test('what a failed try has done to it is taken back', async () => {
		await using site = await startServer(SITE);
		const storage = await tempStorage();
		const crawler = testCrawler({
			storage,
			requestHandler: async ({ request, crawler: own }) => {
				const state = await own.useState<Sums>(NONE);
				state.pages++;
				state.paths.push(`${new URL(request.url).pathname}${request.retryCount}`);
				if (request.retryCount < 2) throw new Error('not yet');
			},
		});
		await crawler.run([`${site.url}/a`, `${site.url}/b`]);
		expect(await stored(storage)).toEqual({ pages: 2, paths: expect.arrayContaining(['/a2', '/b2']) });
		expect(await crawler.useState()).toEqual(await stored(storage));
	});

	test('can be read where Crawlee keeps it, and changed outside of pages', async () => {
		await using site = await startServer(SITE);
		let seen: unknown;
		const crawler = testCrawler({
			requestHandler: async ({ useState, getKeyValueStore }) => {
				const state = await useState<{ before: number; in: number }>();
				state.in = state.before + 1;
				seen = await (await getKeyValueStore()).getValue('CRAWLEE_STATE');
			},
		});
		const state = await crawler.useState<Record<string, number>>({});
		state.before = 4;
		await crawler.run([`${site.url}/`]);
		state.after = 6;
		// Not before the page is stored.
		expect(seen).toBeNull();
		const { config } = crawler;
		const kept = await (await KeyValueStore.open(null, { config })).getValue('CRAWLEE_STATE');
		expect(kept).toEqual({ before: 4, in: 5 });
		await crawler.run([`${site.url}/again`]);
		expect(await (await KeyValueStore.open(null, { config })).getValue('CRAWLEE_STATE')).toMatchObject({ after: 6 });
	});

	test('an object is stored with what its page has changed in it after it was put in', async () => {
		await using site = await startServer(SITE);
		const storage = await tempStorage();
		const crawler = testCrawler({
			storage,
			requestHandler: async ({ request, useState }) => {
				const state = await useState<{ shops: Record<string, unknown>; list: unknown[] }>({ shops: {}, list: [] });
				const shop = { pages: 0 };
				state.shops[new URL(request.url).pathname] = shop;
				shop.pages = 7;
				const entry = { done: false };
				state.list.push(entry);
				entry.done = true;
			},
		});
		await crawler.run([`${site.url}/a`]);
		expect(await stored(storage)).toEqual({ shops: { '/a': { pages: 7 } }, list: [{ done: true }] });
		expect(await crawler.useState()).toEqual(await stored(storage));
	});

	test('what cannot be stored fails its page, and that page alone', async () => {
		await using site = await startServer(SITE);
		const storage = await tempStorage();
		const crawler = testCrawler({
			storage,
			maxRequestRetries: 0,
			requestHandler: async ({ request, useState }) => {
				const state = await useState<Record<string, unknown>>({ pages: 0 });
				(state.pages as number)++;
				const own: Record<string, unknown> = {};
				state[new URL(request.url).pathname] = own;
				if (request.url.endsWith('/bad')) own.size = 1n;
			},
		});
		await crawler.run([`${site.url}/a`, `${site.url}/bad`, `${site.url}/b`]);
		expect(await stored(storage)).toEqual({ pages: 3 - 1, '/a': {}, '/b': {} });
		const [failed] = await crawler.failedRequests();
		expect(failed?.error).toContain('useState: "size" is or holds a bigint');
	});

	test('a default that is no object is refused', async () => {
		const crawler = testCrawler();
		for (const [wrong, shown] of [
			[[], '[]'],
			['x', '"x"'],
		] as const) {
			const message = `useState: the default must be an object, not ${shown}.`;
			await expect(crawler.useState(wrong as never)).rejects.toThrow(message);
		}
		expect(await crawler.useState()).toEqual({});
	});

	test('is read again after it was forgotten; an older object of it says so', async () => {
		await using storage = new StorageHandle(':memory:');
		const shared = new SharedState(storage);
		const first = await shared.use({ n: 0 }, undefined);
		first.n = 1;
		await shared.save();
		first.n = 2;
		shared.forget();
		expect(await shared.use({ n: 0 }, undefined)).toEqual({ n: 1 });
		expect(() => {
			first.n = 3;
		}).toThrow('call crawler.useState() again');
	});

	test('pages that a failed run has lost count once, when they are crawled again', async () => {
		await using site = await startServer(SITE);
		const storage = await tempStorage();
		const rename = (from: string, to: string): void => {
			const database = new DatabaseSync(storage);
			database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
			database.close();
		};
		let isBroken = true;
		const crawler = testCrawler({
			storage,
			requestHandler: async ({ useState }) => {
				const state = await useState(NONE);
				state.pages++;
				if (isBroken) rename('record', 'away');
				isBroken = false;
			},
		});
		await expect(crawler.run([`${site.url}/a`])).rejects.toMatchObject({ code: 'ORB_STORAGE_WRITE_FAILED' });
		rename('away', 'record');
		await crawler.run();
		expect(await stored(storage)).toEqual({ pages: 1, paths: [] });
		expect(await crawler.useState()).toEqual({ pages: 1, paths: [] });
	});

	test('what was changed outside of pages is kept by a run that fails', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			requestHandler: async () => {
				throw new CriticalError('enough');
			},
		});
		const state = await crawler.useState<Record<string, number>>({});
		state.before = 4;
		await expect(crawler.run([`${site.url}/`])).rejects.toThrow('enough');
		expect(await crawler.useState()).toEqual({ before: 4 });
	});
});

import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { KeyValueStore } from '../../src/index.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
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
});

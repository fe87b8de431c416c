import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { Dataset, KeyValueStore } from '../../src/index.ts';
import { rowsOf, testCrawler } from '../crawler/crawl.ts';

const SITE = { '/*': '<p>page</p>' };

describe('whatever way a handler writes, it is stored with its page', () => {
	test('and not at all when the page fails', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			maxRequestRetries: 0,
			requestHandler: async ({ request, pushData, getKeyValueStore, crawler: own }) => {
				const path = new URL(request.url).pathname;
				await pushData({ path });
				await Dataset.pushData({ path });
				await (await Dataset.open('named')).pushData([{ path }]);
				await KeyValueStore.setValue(`static${path.slice(1)}`, { path });
				await (await getKeyValueStore('own')).setValue(path.slice(1), path, { contentType: 'text/plain' });
				await own.addRequests([`${site.url}${path}-next`]);
				if (path !== '/good') throw new Error('no');
			},
		});
		await crawler.run([`${site.url}/bad`, `${site.url}/good`]);
		const { config } = crawler;
		const kept = await KeyValueStore.open('own', { config });
		expect(await rowsOf(crawler)).toEqual([{ path: '/good' }, { path: '/good' }]);
		expect(await rowsOf(crawler, 'named')).toEqual([{ path: '/good' }]);
		expect(await kept.getValue('good')).toBe('/good');
		expect(await kept.getValue('bad')).toBeNull();
		const byDefault = await KeyValueStore.open(null, { config });
		expect(await byDefault.getValue('staticgood')).toEqual({ path: '/good' });
		expect(await byDefault.getValue('staticbad')).toBeNull();
		// The followed page fails too; that of the failed one was never there.
		expect(site.log.hits('/good-next')).toBe(1);
		expect(site.log.hits('/bad-next')).toBe(0);
		expect(await crawler.history(`${site.url}/good-next`)).toMatchObject({ foundOn: [`${site.url}/good`] });
	});

	test('the page sees its own changes before anybody else does', async () => {
		await using site = await startServer(SITE);
		const seen: unknown[] = [];
		const crawler = testCrawler({
			requestHandler: async ({ request }) => {
				const store = await KeyValueStore.open('s');
				if (request.url.endsWith('/reads')) {
					seen.push(await store.getValue('b'), await store.recordExists('a'));
					return;
				}
				await store.setValue('b', 2);
				await store.setValue('c', 3);
				await store.setValue('a', null);
				const keys: string[] = [];
				await store.forEachKey((key) => {
					keys.push(key);
				});
				seen.push(await store.getValue('b'), await store.getValue('a'), keys);
			},
		});
		const outside = await KeyValueStore.open('s', { config: crawler.config });
		for (const key of ['a', 'b', 'd']) await outside.setValue(key, 0);
		await crawler.run([`${site.url}/writes`]);
		expect(seen).toEqual([2, null, ['b', 'c', 'd']]);
		await crawler.run([`${site.url}/reads`]);
		expect(seen.slice(3)).toEqual([2, false]);
	});

	test('what is written after the handler has ended is refused', async () => {
		await using site = await startServer(SITE);
		let late: Promise<unknown> | undefined;
		const crawler = testCrawler({
			requestHandler: async () => {
				late = sleep(50)
					.then(() => Dataset.pushData({ late: true }))
					.catch((error: Error) => error.message);
			},
		});
		await crawler.run([`${site.url}/`]);
		expect(await late).toContain('was called after the handler of');
		expect(await rowsOf(crawler)).toEqual([]);
	});

	test('another crawler’s storage is another storage: it is written at once', async () => {
		await using site = await startServer(SITE);
		const other = testCrawler();
		const crawler = testCrawler({
			maxRequestRetries: 0,
			requestHandler: async () => {
				await other.addRequests([`${site.url}/later`]);
				await (await Dataset.open(undefined, { config: other.config })).pushData({ n: 1 });
				throw new Error('no');
			},
		});
		await crawler.run([`${site.url}/`]);
		expect(other.counts()).toMatchObject({ waiting: 1 });
		expect(await rowsOf(other)).toEqual([{ n: 1 }]);
	});
});

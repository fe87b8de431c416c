import { Dataset, KeyValueStore } from '@crawlee/core';
import { startServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { log } from '../../src/crawlee.ts';
import { Crawler } from '../../src/crawler/crawler.ts';
import { createRouter } from '../../src/crawler/create-router.ts';

log.setLevel(log.LEVELS.OFF);

it('takes the type of the userData into the handlers of a crawler', async () => {
	await using server = await startServer({ '/': '<p>x</p>' });
	const router = createRouter<{ page: number }>();
	const pages: number[] = [];
	router.addDefaultHandler(({ request }) => void pages.push(request.userData.page));
	await using crawler = new Crawler({ storage: ':memory:', requestHandler: router });
	await crawler.run([{ url: server.url, userData: { page: 7 } }]);
	expect(pages).toEqual([7]);
});

it('gives handlers that open a storage the Crawlee way the storage of the crawl', async () => {
	await using server = await startServer({ '/': '<p>x</p>' });
	await using crawler = new Crawler({
		storage: ':memory:',
		async requestHandler() {
			await Dataset.pushData({ from: 'Dataset' });
			await (await KeyValueStore.open()).setValue('key', { from: 'KeyValueStore' });
		},
	});
	await crawler.run([server.url]);
	expect((await crawler.getData()).items).toEqual([{ from: 'Dataset' }]);
	const store = await KeyValueStore.open(null, { config: crawler.config });
	expect(await store.getValue('key')).toEqual({ from: 'KeyValueStore' });
});

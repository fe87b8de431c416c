import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter } from '../../src/index.ts';
import { rowsOf, tempStorage, testCrawler } from './crawl.ts';

describe('history', () => {
	test('tells why a page was crawled, when, how often it was tried, and what came of it', async () => {
		let tries = 0;
		await using site = await startServer({
			'/': '<a href="/list?b=2&a=1">list</a>',
			'/list': '<a href="/moved">item</a>',
			'/moved': { status: 301, headers: { location: '/item' } },
			'/item': (_, response) => {
				tries++;
				response.statusCode = tries < 3 ? 503 : 200;
				response.setHeader('content-type', 'text/html');
				response.end('<p>item</p>');
			},
		});
		const storage = await tempStorage();
		const before = Date.now();
		const crawler = testCrawler({
			storage,
			requestHandler: async ({ enqueueLinks, pushData, request }) => {
				if (request.loadedUrl?.endsWith('/item')) await pushData([{ n: 1 }, { n: 2 }]);
				await enqueueLinks({ label: 'LINK' });
			},
		});
		await crawler.run([`${site.url}/`]);

		const item = await crawler.history(`${site.url}/item`);
		expect(item).toMatchObject({
			url: `${site.url}/item`,
			status: 'handled',
			label: 'LINK',
			crawlDepth: 2,
			tries: 3,
			httpStatus: 200,
			itemCount: 2,
			failedAttempts: [{ httpStatus: 503 }, { httpStatus: 503 }],
			foundOn: [`${site.url}/list?b=2&a=1`, `${site.url}/`],
		});
		expect(item?.failedAttempts[0]?.error).toContain('503');
		const times = [
			before,
			item?.addedAt,
			...(item?.failedAttempts.map(({ at }) => at) ?? []),
			item?.finishedAt,
		] as number[];
		expect(times.toSorted((a, b) => a - b)).toEqual(times);
		// The order of parameters is not part of an address's identity.
		expect(await crawler.history(`${site.url}/list?a=1&b=2`)).toMatchObject({ tries: 1, foundOn: [`${site.url}/`] });
		expect(await crawler.history(`${site.url}/moved`)).toMatchObject({
			status: 'redirected',
			loadedUrl: `${site.url}/item`,
		});
		expect(await crawler.history(`${site.url}/never`)).toBeUndefined();
		expect(await crawler.history('no address')).toBeUndefined();
	});

	test('tells when a failed page is tried again, and why it failed in the end', async () => {
		await using site = await startServer({ '/gone': { status: 404 }, '/busy': { status: 503 } });
		const crawler = testCrawler({ maxRequestRetries: 1, requestHandler: async () => {} });
		await crawler.run([`${site.url}/gone`, `${site.url}/busy`]);
		expect(await crawler.history(`${site.url}/gone`)).toMatchObject({ status: 'failed', tries: 1, httpStatus: 404 });
		const busy = await crawler.history(`${site.url}/busy`);
		expect(busy).toMatchObject({ status: 'failed', tries: 2, httpStatus: 503, foundOn: [], notBefore: undefined });
		expect(busy?.error).toContain('503');
	});
});

describe('rows that do not fit their schema', () => {
	const SITE = {
		'/': '<a href="/good">a</a><a href="/bad">b</a>',
		'/good': '<p>1.50</p>',
		'/bad': '<p>ask us</p>',
	};

	test('are kept apart with their reason and page, and the crawl goes on', async () => {
		await using site = await startServer(SITE);
		const router = createRouter();
		router.addDefaultHandler(async ({ enqueueLinks, pushData }) => {
			await pushData({ kind: 'start' });
			await enqueueLinks({ label: 'PRICE' });
		});
		router.addHandler('PRICE', async ({ $, pushData }) => {
			await pushData([{ price: $('p').text() }, { price: '7' }]);
		});
		const crawler = testCrawler({
			requestHandler: router,
			itemSchema: { PRICE: z.object({ price: z.coerce.number() }) },
		});
		const statistics = await crawler.run([`${site.url}/`]);

		expect(statistics.requestsFinished).toBe(3);
		const rows = await rowsOf(crawler);
		expect(rows).toHaveLength(4);
		expect(rows).toEqual(expect.arrayContaining([{ kind: 'start' }, { price: 1.5 }, { price: 7 }]));
		expect(await crawler.rejectedItems()).toEqual([
			{
				dataset: 'default',
				json: '{"price":"ask us"}',
				reason: expect.stringMatching(/^price: /),
				url: `${site.url}/bad`,
				rejectedAt: expect.any(Number),
			},
		]);
		expect(await crawler.rejectedItems({ offset: 1 })).toEqual([]);
	});

	test('leave nothing when their page fails', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			maxRequestRetries: 0,
			itemSchema: z.object({ price: z.number() }),
			requestHandler: async ({ pushData }) => {
				await pushData({ price: 'none' });
				throw new Error('no');
			},
		});
		await crawler.run([`${site.url}/good`]);
		expect(await crawler.rejectedItems()).toEqual([]);
	});
});

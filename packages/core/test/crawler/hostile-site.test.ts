import { startHostileSite } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import { rowsOf, testCrawler, watchRejections } from './crawl.ts';

test('every bad page ends, failed or handled, in bounded time and memory, and the crawl goes on', async () => {
	const rejections = watchRejections();
	await using site = await startHostileSite();
	const before = process.memoryUsage.rss();
	let most = before;
	const watch = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 20);
	const crawler = testCrawler({
		maxRequestRetries: 1,
		navigationTimeoutSecs: 1,
		maxBodyBytes: 2_000_000,
		maxCrawlDepth: 1,
		requestHandler: async ({ request, $, pushData, enqueueLinks }) => {
			await enqueueLinks();
			await pushData({ path: new URL(request.url).pathname, title: $('title').text(), depth: request.crawlDepth });
		},
	});

	await crawler.run([`${site.url}/`, `${site.url}/leaf/own`]);
	clearInterval(watch);

	const handled = (await rowsOf(crawler)).map(({ path }) => path);
	const errors = new Map((await crawler.failedRequests()).map(({ url, error }) => [new URL(url).pathname, error]));
	// What came of every route is known. The two halves of the loop lead to each other, and each is known already.
	for (const { path } of site.routes.filter((route) => !route.path.startsWith('/redirect-loop'))) {
		expect([...handled, ...errors.keys()], path).toContain(path);
	}
	expect(crawler.counts()).toMatchObject({ waiting: 0, delayed: 0, leased: 0 });
	expect(handled).toEqual(
		expect.arrayContaining(['/', '/leaf/own', '/empty', '/no-content-type', '/latin1', '/flaky']),
	);
	for (const path of [
		'/endless-body',
		'/never-answers',
		'/headers-only',
		'/gzip-bomb',
		'/reset',
		'/half-body',
		'/deep-nesting',
	]) {
		expect(errors.has(path), path).toBe(true);
	}
	expect(errors.get('/binary')).toContain('application/octet-stream');
	expect(errors.get('/huge-headers')).toContain('headers');
	expect((most - before) / 2 ** 20).toBeLessThan(400);
	expect(rejections).toEqual([]);
}, 30_000);

test('a page with 100,000 links is one page: all are stored, none is lost', async () => {
	await using site = await startHostileSite();
	const crawler = testCrawler({
		maxRequestsPerCrawl: 1,
		requestHandler: async ({ enqueueLinks }) => {
			const { processedRequests } = await enqueueLinks();
			expect(processedRequests).toHaveLength(100_000);
		},
	});

	await crawler.run([`${site.url}/many-links`]);

	expect(crawler.counts()).toMatchObject({ handled: 1, waiting: 100_000 });
}, 20_000);

test('a tree 100,000 deep is refused before it is built; its links are found all the same', async () => {
	await using site = await startHostileSite();
	const found: number[] = [];
	const crawler = testCrawler({
		maxRequestsPerCrawl: 1,
		requestHandler: ({ $ }) => $('title').text(),
		failedRequestHandler: async ({ enqueueLinks }) => {
			found.push((await enqueueLinks()).processedRequests.length);
		},
	});

	await crawler.run([`${site.url}/deep-nesting`]);

	const [failed] = await crawler.failedRequests();
	expect(failed?.error).toBe(
		`${site.url}/deep-nesting is nested so deeply that nothing else would run while it is parsed.`,
	);
	expect(found).toEqual([1]);
});

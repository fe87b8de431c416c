import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import {
	type CrawlerOptions,
	NonRetryableError,
	RequestQueue,
	RetryRequestError,
	SessionError,
	SqliteStore,
} from '../../src/index.ts';
import { rowsOf, testCrawler, watchRejections } from './crawl.ts';

const SITE = { '/': '<a href="/a">a</a>', '/*': '<p>page</p>' };

/** Crawls the start page with a handler that fails the first `failures` times, with what `error` makes. */
async function crawlFailing(failures: number, error: () => unknown, options: CrawlerOptions = {}) {
	await using site = await startServer(SITE);
	let tries = 0;
	const crawler = testCrawler({
		...options,
		requestHandler: () => {
			tries++;
			if (tries <= failures) throw error();
		},
	});
	const statistics = await crawler.run([`${site.url}/`]);
	const [failed] = await crawler.failedRequests();
	return { tries, statistics, error: failed?.error, hits: site.log.hits() };
}

describe('one page is one transaction', () => {
	test('a handler that throws leaves nothing of what it pushed and enqueued', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			maxRequestRetries: 0,
			requestHandler: async ({ pushData, enqueueLinks, addRequests }) => {
				await pushData({ lost: true });
				await enqueueLinks();
				await addRequests(['/by-hand']);
				throw new Error('after all that');
			},
		});

		await crawler.run([`${site.url}/`]);

		expect(await rowsOf(crawler)).toEqual([]);
		expect(crawler.counts()).toMatchObject({ failed: 1, handled: 0, waiting: 0 });
		expect(site.log.hits()).toBe(1);
	});

	test('a page that works at the third try is stored once, and its links are found then', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			requestHandler: async ({ request, pushData, enqueueLinks }) => {
				await pushData({ path: new URL(request.url).pathname, tries: request.retryCount });
				await enqueueLinks();
				if (request.retryCount < 2) throw new Error('not yet');
			},
		});

		const statistics = await crawler.run([`${site.url}/`]);

		const rows = await rowsOf(crawler);
		expect(rows.sort((a, b) => (String(a.path) < String(b.path) ? -1 : 1))).toEqual([
			{ path: '/', tries: 2 },
			{ path: '/a', tries: 2 },
		]);
		expect(statistics).toMatchObject({ requestsFinished: 2, requestsFailed: 0 });
		expect([...statistics.retryHistogram].map((count) => count ?? 0)).toEqual([0, 0, 2]);
	});

	test('what is called without await is stored, what comes after the end is refused', async () => {
		const rejections = watchRejections();
		await using site = await startServer({
			'/*': Array.from({ length: 50 }, (_, n) => `<a href="/${n}">x</a>`).join(''),
		});
		let late: unknown;
		let done: (() => void) | undefined;
		const isLate = new Promise<void>((resolve) => {
			done = resolve;
		});
		const crawler = testCrawler({
			maxRequestsPerCrawl: 1,
			requestHandler: ({ pushData, enqueueLinks, addRequests }) => {
				void pushData({ row: 1 });
				void enqueueLinks({ label: 'link' });
				void addRequests(Array.from({ length: 50 }, (_, n) => `/hand/${n}`));
				setTimeout(() => {
					pushData({ row: 2 }).catch((error: unknown) => {
						late = error;
						done?.();
					});
				}, 20);
			},
		});

		await crawler.run([`${site.url}/`]);
		await isLate;

		expect(await rowsOf(crawler)).toEqual([{ row: 1 }]);
		expect(crawler.counts().waiting).toBe(100);
		expect(String(late)).toContain(`pushData was called after the handler of ${site.url}/ had ended`);
		expect(rejections).toEqual([]);
	});

	test('failedRequestHandler and errorHandler push with the mark of their try', async () => {
		await using site = await startServer({ '/': { status: 404 } });
		const crawler = testCrawler({
			maxRequestRetries: 1,
			requestHandler: async () => {},
			errorHandler: ({ pushData }) => pushData({ never: 'a 404 is not tried again' }),
			failedRequestHandler: async ({ request, response, pushData, $ }, error) => {
				await pushData({ url: request.url, error: error.message, response, $ }, 'failures');
			},
		});

		await crawler.run([`${site.url}/`]);

		expect(await rowsOf(crawler)).toEqual([]);
		expect(await rowsOf(crawler, 'failures')).toEqual([
			{ url: `${site.url}/`, error: `${site.url}/ answered 404 Not Found.` },
		]);
	});
});

describe('tries', () => {
	test('maxRequestRetries is 3 by default', async () => {
		const { tries, statistics, error } = await crawlFailing(9, () => new Error('no'));

		expect(tries).toBe(4);
		expect(error).toBe('no');
		expect(statistics).toMatchObject({ requestsFinished: 0, requestsFailed: 1 });
		expect(statistics.retryHistogram[3]).toBe(1);
	});

	test('a NonRetryableError ends it at once', async () => {
		expect((await crawlFailing(9, () => new NonRetryableError('never'))).tries).toBe(1);
	});

	test('a RetryRequestError goes beyond maxRequestRetries', async () => {
		const { tries, statistics } = await crawlFailing(4, () => new RetryRequestError('again'), { maxRequestRetries: 0 });

		expect(tries).toBe(5);
		expect(statistics.requestsFinished).toBe(1);
	});

	test('a SessionError is counted by maxSessionRotations instead', async () => {
		const { tries } = await crawlFailing(99, () => new SessionError('blocked'), {
			maxRequestRetries: 0,
			maxSessionRotations: 2,
			useSessionPool: true,
		});

		expect(tries).toBe(3);
	});

	test('what is thrown may be anything', async () => {
		expect((await crawlFailing(9, () => 'just text', { maxRequestRetries: 0 })).error).toBe('just text');
		expect((await crawlFailing(9, () => undefined, { maxRequestRetries: 0 })).error).toBe('undefined');
	});

	test('a request may set its own count, or none', async () => {
		await using site = await startServer(SITE);
		const crawler = testCrawler({
			requestHandler: () => {
				throw new Error('no');
			},
		});

		await crawler.run([
			{ url: `${site.url}/one`, maxRetries: 1 },
			{ url: `${site.url}/none`, noRetry: true },
			{ url: `${site.url}/zero`, maxRetries: 0 },
		]);

		expect(['/one', '/none', '/zero'].map((path) => site.log.hits(path))).toEqual([2, 1, 1]);
	});

	test('errorHandler may change the request or forbid the next try', async () => {
		await using site = await startServer(SITE);
		const seen: unknown[] = [];
		const crawler = testCrawler({
			requestHandler: ({ request }) => {
				seen.push([request.userData.note, request.errorMessages.length]);
				throw new Error('no');
			},
			errorHandler: ({ request }) => {
				request.userData.note = `try ${request.retryCount + 1}`;
				request.headers = { 'x-try': String(request.retryCount + 1) };
				if (request.retryCount === 1) request.noRetry = true;
			},
		});

		await crawler.run([`${site.url}/`]);

		expect(seen).toEqual([
			[undefined, 0],
			['try 1', 1],
		]);
		expect(site.log.requests.map(({ headers }) => headers['x-try'])).toEqual([undefined, '1']);
	});

	test('a failed page holds nobody up, and the next crawl does not try it again', async () => {
		await using site = await startServer({ '/bad': { status: 500 }, '/*': '<p>page</p>' });
		const crawler = testCrawler({ maxConcurrency: 1, requestHandler: async () => {} });

		const first = await crawler.run([`${site.url}/bad`, `${site.url}/1`, `${site.url}/2`]);
		const second = await crawler.run([`${site.url}/bad`]);

		expect(first).toMatchObject({ requestsFinished: 2, requestsFailed: 1, requestsTotal: 3 });
		expect(second.requestsTotal).toBe(0);
		expect(site.log.hits('/bad')).toBe(4);
	});
});

describe('a handler that takes too long', () => {
	test('fails with a TimeoutError, and what it does afterwards leaves nothing', async () => {
		const rejections = watchRejections();
		await using site = await startServer(SITE);
		const late: unknown[] = [];
		const crawler = testCrawler({
			requestHandlerTimeoutSecs: 0.05,
			maxRequestRetries: 0,
			requestHandler: async ({ pushData, enqueueLinks }) => {
				await pushData({ early: true });
				await sleep(120);
				await enqueueLinks().catch((error: unknown) => late.push(error));
				await pushData({ late: true });
			},
		});

		await crawler.run([`${site.url}/`]);
		await sleep(150);

		expect((await crawler.failedRequests())[0]?.error).toBe(
			`The handler of ${site.url}/ did not end within 0.05 seconds (requestHandlerTimeoutSecs).`,
		);
		expect(await rowsOf(crawler)).toEqual([]);
		expect(late).toHaveLength(1);
		expect(rejections).toEqual([]);
	});
});

test('skipNavigation: the handler runs without a page', async () => {
	await using site = await startServer(SITE);
	const seen: unknown[] = [];
	const crawler = testCrawler({
		requestHandler: ({ response, body, $, request }) => {
			seen.push([response, body, $, request.loadedUrl]);
		},
	});

	await crawler.run([{ url: `${site.url}/`, skipNavigation: true }]);

	expect(seen).toEqual([[undefined, undefined, undefined, undefined]]);
	expect(site.log.hits()).toBe(0);
});

test('statistics keep nothing of pages that are done', async () => {
	await using site = await startServer({
		'/moved/*': { status: 302, headers: { location: '/1' } },
		'/bad/*': { status: 404 },
		'/*': '<p>page</p>',
	});
	const crawler = testCrawler({ requestHandler: async () => {} });

	const statistics = await crawler.run(['/1', '/2', '/moved/a', '/moved/b', '/bad/1'].map((path) => site.url + path));

	expect((crawler.stats as unknown as { requestsInProgress: Map<string, unknown> }).requestsInProgress.size).toBe(0);
	expect(statistics).toMatchObject({ requestsFinished: 2, requestsFailed: 1, requestsTotal: 3, retryHistogram: [3] });
	expect(crawler.stats.state.requestsWithStatusCode).toEqual({ 404: 1 });
});

test('a request that Crawlee cannot make fails alone, and does not end the crawl', async () => {
	await using site = await startServer(SITE);
	await using store = SqliteStore.open(':memory:');
	const plain = { domain: new URL(site.url).host, method: 'GET', priority: 0, crawlDepth: 0 } as const;
	await store.add([
		{ ...plain, uniqueKey: 'bad', url: `${site.url}/bad`, data: { payload: 'a GET has none' } },
		{ ...plain, uniqueKey: 'good', url: `${site.url}/good` },
	]);
	await using requestQueue = new RequestQueue({ store, respectRobotsTxtFile: false });
	const crawler = testCrawler({ requestQueue, requestHandler: async () => {} });

	expect((await crawler.run()).requestsFinished).toBe(1);
	expect((await crawler.failedRequests())[0]?.error).toMatch(/\/bad is no request that can be made: .*payload/);
});

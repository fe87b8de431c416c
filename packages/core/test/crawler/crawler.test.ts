import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startManyDomains, startServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import { type Crawler, CriticalError, RequestQueue, SqliteStore } from '../../src/index.ts';
import { rowsOf, tempFolder, tempStorage, testCrawler, watchRejections } from './crawl.ts';

const SITE = {
	'/': '<title>Start</title><a href="/a">a</a><a href="/b">b</a>',
	'/a': '<title>A</title><a href="/b">b</a><a href="/">start</a>',
	'/b': '<title>B</title><a href="/c?x=1&amp;y=2">c</a>',
	'/c': '<title>C</title><a href="/c?y=2&amp;x=1">the same</a>',
};

test('crawls a site once, page by page, and keeps what the handler pushes', async () => {
	await using site = await startServer(SITE);
	const crawler = testCrawler({
		async requestHandler({ request, $, enqueueLinks, pushData }) {
			await pushData({ url: request.url, title: $('title').text() });
			await enqueueLinks();
		},
	});

	const statistics = await crawler.run([`${site.url}/`]);

	const rows = await rowsOf(crawler);
	expect(rows.map(({ title }) => title).sort()).toEqual(['A', 'B', 'C', 'Start']);
	expect(Math.max(...site.log.counts().values())).toBe(1);
	expect(statistics).toMatchObject({ requestsFinished: 4, requestsFailed: 0, retryHistogram: [4] });
	expect(crawler.counts()).toMatchObject({ handled: 4, waiting: 0, leased: 0, failed: 0 });
});

test('goes on in a second run where the first stopped, and does not fetch again what is done', async () => {
	await using site = await startServer(SITE);
	const storage = await tempStorage();
	const options = {
		storage,
		maxConcurrency: 1,
		requestHandler: async ({ request, enqueueLinks, pushData }) => {
			await enqueueLinks();
			await pushData({ url: request.url });
		},
	} satisfies ConstructorParameters<typeof Crawler>[0];

	await testCrawler({ ...options, maxRequestsPerCrawl: 2 }).run([`${site.url}/`]);
	expect(site.log.hits()).toBe(2);
	const second = testCrawler(options);
	const statistics = await second.run([`${site.url}/`]);

	expect(statistics.requestsFinished).toBe(2);
	expect(await rowsOf(second)).toHaveLength(4);
	expect(Math.max(...site.log.counts().values())).toBe(1);
});

test('runs twice with one crawler, with statistics of each run alone', async () => {
	await using site = await startServer(SITE);
	const crawler = testCrawler({ requestHandler: ({ pushData }) => pushData({ seen: true }) });

	const first = await crawler.run([`${site.url}/`]);
	const second = await crawler.run([`${site.url}/a`, `${site.url}/`]);

	expect([first.requestsFinished, second.requestsFinished]).toEqual([1, 1]);
	expect(await rowsOf(crawler)).toHaveLength(2);
	expect(site.log.hits('/')).toBe(1);
});

test('refuses a second run while one is under way, which is not disturbed by it', async () => {
	await using site = await startServer(SITE);
	const crawler = testCrawler({ requestHandler: ({ enqueueLinks }) => enqueueLinks() });

	const first = crawler.run([`${site.url}/`]);
	await expect(crawler.run([`${site.url}/c`])).rejects.toThrow('running already; add requests to it');

	expect((await first).requestsFinished).toBe(4);
});

test('takes requests before the run, during it, and from several calls at once', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const crawler = testCrawler({ storage: await tempStorage(), requestHandler: async () => {} });

	await Promise.all(
		['/1', '/2', '/3'].map((path) => crawler.addRequests([{ url: site.url + path }, `${site.url}/shared`])),
	);
	const added = crawler.addRequests([`${site.url}/4`]);
	const [statistics] = await Promise.all([crawler.run(), added]);

	expect(site.log.requests.map(({ url }) => url).sort()).toEqual(['/1', '/2', '/3', '/4', '/shared']);
	expect(statistics.requestsFinished).toBe(5);
});

test('takes seeds from an async iterable, and names one that is no URL before anything of it is stored', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const crawler = testCrawler({ requestHandler: async () => {} });
	async function* seeds(): AsyncGenerator<{ url: string }> {
		for (let n = 0; n < 5; n++) yield { url: `${site.url}/${n}` };
	}

	await expect(crawler.run([`${site.url}/x`, 'not a url'])).rejects.toThrow('"not a url" is not a URL');
	const statistics = await crawler.run(seeds() as never);

	expect(statistics.requestsFinished).toBe(5);
	expect(site.log.hits('/x')).toBe(0);
});

test('several crawlers at once keep to their own storage and their own pages', async () => {
	await using domains = await startManyDomains({ domains: 3, pagesPerDomain: 6, linked: false });
	const crawlers = domains.domains.map(() =>
		testCrawler({
			requestHandler: async ({ request, enqueueLinks, pushData }) => {
				await pushData({ url: request.url });
				await enqueueLinks();
			},
		}),
	);

	await Promise.all(crawlers.map((crawler, n) => crawler.run([`${domains.domains[n]?.url}/`])));

	for (const [n, crawler] of crawlers.entries()) {
		const rows = await rowsOf(crawler);
		expect(rows.map(({ url }) => url).sort()).toEqual([...(domains.domains[n]?.pages ?? [])].sort());
	}
});

test('works on a queue of the caller and leaves it open', async () => {
	await using site = await startServer(SITE);
	await using queue = new RequestQueue({ storage: ':memory:', respectRobotsTxtFile: false });
	await queue.addRequest(`${site.url}/`);
	const crawler = testCrawler({
		requestQueue: queue,
		requestHandler: async ({ enqueueLinks, pushData, request }) => {
			await pushData({ url: request.url });
			await enqueueLinks();
		},
	});

	await crawler.run();
	expect(await rowsOf(crawler)).toHaveLength(4);
	await queue.addRequest(`${site.url}/late`);
	await crawler.run();

	expect(site.log.hits('/late')).toBe(1);
	expect(await queue.isFinished()).toBe(true);
});

test('waits for more with keepAlive, until it is stopped', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const handled: string[] = [];
	const crawler = testCrawler({
		keepAlive: true,
		requestHandler: ({ request }) => {
			handled.push(new URL(request.url).pathname);
			if (handled.length === 2) crawler.stop();
		},
	});

	const run = crawler.run([`${site.url}/1`]);
	await expect.poll(() => handled).toEqual(['/1']);
	await crawler.addRequests([`${site.url}/2`]);
	await run;

	expect(handled).toEqual(['/1', '/2']);
});

test('stop() lets what is in flight finish, and leaves the rest for the next run', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const urls = Array.from({ length: 20 }, (_, n) => `${site.url}/${n}`);
	const crawler = testCrawler({
		maxConcurrency: 2,
		requestHandler: async ({ pushData, request }) => {
			await pushData({ url: request.url });
			crawler.stop();
		},
	});

	const { requestsFinished } = await crawler.run(urls);
	expect(requestsFinished).toBeLessThanOrEqual(3);
	expect(crawler.counts()).toMatchObject({ handled: requestsFinished, waiting: 20 - requestsFinished, leased: 0 });
	for (let runs = 0; runs < 20 && crawler.counts().waiting > 0; runs++) await crawler.run();

	expect(await rowsOf(crawler)).toHaveLength(20);
	expect(site.log.hits()).toBe(20);
});

test('crawls exactly maxRequestsPerCrawl pages, however many go at once', async () => {
	await using site = await startServer({
		'/': Array.from({ length: 200 }, (_, n) => `<a href="/${n}">${n}</a>`).join(''),
		'/moved*': { status: 302, headers: { location: '/1' } },
		'/*': '<p>page</p>',
	});
	const crawler = testCrawler({
		maxConcurrency: 50,
		domainLimits: { maxConcurrent: 50 },
		maxRequestsPerCrawl: 37,
		requestHandler: async ({ enqueueLinks }) => {
			await enqueueLinks();
		},
	});

	const statistics = await crawler.run([`${site.url}/`, `${site.url}/moved`]);

	expect(statistics.requestsFinished).toBe(37);
	expect(site.log.hits((request) => request.status === 200)).toBe(37);
	// Links are kept for a later run, whatever the limit of this one.
	expect(crawler.counts().waiting).toBe(201 - 37);
});

test('a critical error ends the run; what the others were at is done again by the next', async () => {
	const rejections = watchRejections();
	await using site = await startServer({ '/*': '<p>page</p>' });
	let isBroken = true;
	const crawler = testCrawler({
		maxConcurrency: 5,
		requestHandler: async ({ request, pushData }) => {
			if (isBroken && request.url.endsWith('/3')) throw new CriticalError('The disk is on fire');
			await new Promise((resolve) => setTimeout(resolve, isBroken ? 50 : 0));
			await pushData({ url: request.url });
		},
	});

	const urls = Array.from({ length: 6 }, (_, n) => `${site.url}/${n}`);
	await expect(crawler.run(urls)).rejects.toThrow('The disk is on fire');
	await new Promise((resolve) => setTimeout(resolve, 80));
	expect(crawler.counts()).toMatchObject({ leased: 0, waiting: 6 });
	isBroken = false;
	await crawler.run();

	expect((await rowsOf(crawler)).map(({ url }) => url).sort()).toEqual(urls);
	expect(rejections).toEqual([]);
});

test('an error of the error handler ends the run, and the page is not lost', async () => {
	await using site = await startServer({ '/': 'x' });
	let isBroken = true;
	const crawler = testCrawler({
		requestHandler: () => {
			if (isBroken) throw new Error('first');
		},
		errorHandler: () => {
			throw new Error('the error handler is broken');
		},
	});

	await expect(crawler.run([site.url])).rejects.toThrow('the error handler is broken');
	isBroken = false;

	expect((await crawler.run()).requestsFinished).toBe(1);
});

test('a run that could not begin leaves nothing running, and the next one works', async () => {
	await using site = await startServer({ '/': 'x' });
	const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const autoscaledPoolOptions = { scaleUpStepRatio: 5 };
	const before = timers();
	const crawler = testCrawler({ autoscaledPoolOptions, requestHandler: async () => {} });

	await expect(crawler.run([site.url])).rejects.toThrow('scaleUpStepRatio');
	expect(timers()).toBeLessThanOrEqual(before);

	await expect(crawler.run()).rejects.toThrow('scaleUpStepRatio');
});

test('leaves no listener and no timer behind', async () => {
	await using site = await startServer(SITE);
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const listeners = (): number[] => signals.map((signal) => process.listenerCount(signal));
	const before = listeners();
	const crawler = testCrawler({ useSessionPool: true, requestHandler: async () => {} });

	const run = crawler.run([site.url]);
	await run;

	expect(listeners()).toEqual(before);
});

test('reads and exports the results after the run, and closes the file each time', async () => {
	await using site = await startServer(SITE);
	const folder = await tempFolder();
	const storage = join(folder, 'deep', 'crawl.sqlite');
	const crawler = testCrawler({
		storage,
		requestHandler: ({ pushData, request }) => pushData({ path: new URL(request.url).pathname, note: 'a "b", c' }),
	});
	await crawler.run([`${site.url}/a`, `${site.url}/b`]);

	expect((await crawler.getData()).items).toHaveLength(2);
	await crawler.exportData(join(folder, 'out.csv'));
	await crawler.exportData(join(folder, 'out.json'));
	await crawler.pushData({ path: '/by hand', note: '' });

	const csv = (await readFile(join(folder, 'out.csv'), 'utf8')).split('\n').sort();
	expect(csv).toEqual(['', '/a,"a ""b"", c"', '/b,"a ""b"", c"', 'path,note']);
	expect(JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'))).toHaveLength(2);
	await using store = SqliteStore.open(storage);
	expect((await store.readItems('default', { offset: 0, limit: 10 })).total).toBe(3);
});

test('sets the exit code when not one page could be crawled, and only then', async () => {
	await using site = await startServer({ '/': 'x' });
	process.exitCode = undefined;
	const crawler = testCrawler({ requestHandler: async () => {} });

	await crawler.run([`${site.url}/`]);
	expect(process.exitCode).toBeUndefined();
	await crawler.run();
	expect(process.exitCode).toBeUndefined();
	await crawler.run([`${site.url}/missing`]);
	expect(process.exitCode).toBe(1);
	expect(await crawler.failedRequests()).toEqual([
		{ url: `${site.url}/missing`, error: `${site.url}/missing answered 404 Not Found.`, httpStatus: 404 },
	]);
});

test('names the page that links to what failed, also behind a redirect', async () => {
	await using site = await startServer({
		'/': '<a href="/old">old</a>',
		'/old': { status: 301, headers: { location: '/older' } },
		'/older': { status: 301, headers: { location: '/gone' } },
	});
	const crawler = testCrawler({ requestHandler: async ({ enqueueLinks }) => void (await enqueueLinks()) });

	await crawler.run([`${site.url}/`]);
	expect(await crawler.failedRequests()).toMatchObject([{ url: `${site.url}/gone`, foundOn: `${site.url}/` }]);
});

test('has a queue only while it runs', async () => {
	await expect(testCrawler().getRequestQueue()).rejects.toThrow('only while it runs');
});

test('an onSkippedRequest that fails fails the page whose links it looks at, and nothing else', async () => {
	const rejections = watchRejections();
	await using site = await startServer({ '/': '<a href="http://elsewhere.test/">out</a>' });
	const crawler = testCrawler({
		maxRequestRetries: 0,
		onSkippedRequest: async () => {
			throw new Error('the list of skipped pages is full');
		},
		requestHandler: async ({ enqueueLinks }) => {
			await enqueueLinks();
		},
	});

	await crawler.run([site.url]);

	expect((await crawler.failedRequests())[0]?.error).toBe('the list of skipped pages is full');
	expect(rejections).toEqual([]);
});

test('pages in flight when the run is abandoned are given back, and leave nothing when they end after all', async () => {
	const rejections = watchRejections();
	await using site = await startServer({ '/hangs': () => {}, '/*': '<p>page</p>' });
	let isPatient = false;
	const crawler = testCrawler({
		navigationTimeoutSecs: 0.5,
		maxRequestRetries: 0,
		requestHandler: async ({ pushData, request }) => {
			await pushData({ url: request.url });
			if (!isPatient) await new Promise((resolve) => setTimeout(resolve, 100));
		},
	});

	const run = crawler.run([`${site.url}/1`, `${site.url}/2`, `${site.url}/hangs`]);
	await expect.poll(() => site.log.hits()).toBe(3);
	await crawler.autoscaledPool?.abort();
	await run;
	expect(crawler.counts()).toMatchObject({ waiting: 3, leased: 0, handled: 0, failed: 0 });
	await new Promise((resolve) => setTimeout(resolve, 150));
	expect(await rowsOf(crawler)).toEqual([]);
	isPatient = true;
	const { requestsFinished } = await crawler.run();

	expect(requestsFinished).toBe(2);
	expect(await rowsOf(crawler)).toHaveLength(2);
	expect(rejections).toEqual([]);
});

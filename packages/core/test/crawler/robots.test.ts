import { setTimeout as sleep } from 'node:timers/promises';
import { startHostileSite, startServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import type { CrawlerOptions } from '../../src/index.ts';
import { testCrawler } from './crawl.ts';

const ROBOTS = 'User-agent: *\nDisallow: /private\n\nUser-agent: FriendBot\nDisallow: /secret\n';
const SITE = {
	'/robots.txt': { headers: { 'content-type': 'text/plain' }, body: ROBOTS },
	'/': '<a href="/private/1">1</a><a href="/secret">s</a><a href="/open">o</a>',
	'/*': '<p>page</p>',
};

/** The paths that were asked for, and what was told of the others. */
async function crawl(options: CrawlerOptions) {
	await using site = await startServer(SITE);
	const skipped: unknown[] = [];
	const crawler = testCrawler({
		onSkippedRequest: ({ url, reason }) => skipped.push([new URL(url).pathname, reason]),
		requestHandler: async ({ enqueueLinks }) => {
			await enqueueLinks();
		},
		...options,
	});
	await crawler.run([site.url]);
	return { asked: site.log.requests.map(({ url }) => url).sort(), skipped, counts: crawler.counts() };
}

test('is kept to by default, and told with the reason', async () => {
	const { asked, skipped, counts } = await crawl({ respectRobotsTxtFile: true });

	expect(asked).toEqual(['/', '/open', '/robots.txt', '/secret']);
	expect(skipped).toEqual([['/private/1', 'robotsTxt']]);
	expect(counts).toMatchObject({ handled: 3, skipped: 1 });
});

test('can be switched off, and then is not even asked for', async () => {
	const { asked, skipped } = await crawl({ respectRobotsTxtFile: false });

	expect(asked).toEqual(['/', '/open', '/private/1', '/secret']);
	expect(skipped).toEqual([]);
});

test('the group is that of the user agent, or of the one that is named', async () => {
	const friend = ['/', '/open', '/private/1', '/robots.txt'];

	expect((await crawl({ respectRobotsTxtFile: true, userAgent: 'FriendBot/2.0 (+mail)' })).asked).toEqual(friend);
	expect((await crawl({ respectRobotsTxtFile: { userAgent: 'FriendBot' } })).asked).toEqual(friend);
});

test('while it cannot be had nothing is fetched, and the pages fail with the reason', async () => {
	await using site = await startHostileSite({ robots: '503' });
	const crawler = testCrawler({
		respectRobotsTxtFile: true,
		maxRequestRetries: 0,
		maxConcurrency: 4,
		requestHandler: async () => {},
	});

	await crawler.run([`${site.url}/leaf/1`, `${site.url}/leaf/2`]);

	expect(site.log.hits(({ url }) => url !== '/robots.txt')).toBe(0);
	for (const { error } of await crawler.failedRequests()) {
		expect(error).toMatch(/was not fetched, because .*\/robots\.txt cannot be had \(it answered 503\)/);
	}
	expect(crawler.counts()).toMatchObject({ failed: 2, handled: 0 });
});

test('the pages wait until it can be had, where there are retries left', async () => {
	let isDown = true;
	await using site = await startServer({
		'/robots.txt': (_, response) => {
			response.writeHead(isDown ? 500 : 404).end();
			isDown = false;
		},
		'/*': '<p>page</p>',
	});
	const crawler = testCrawler({ respectRobotsTxtFile: true, requestHandler: async () => {} });

	const { requestsFinished } = await crawler.run([`${site.url}/1`]);

	expect(requestsFinished).toBe(1);
	expect(site.log.requests.map(({ url }) => url)).toEqual(['/robots.txt', '/robots.txt', '/1']);
	expect(site.log.minGapMs('/robots.txt')).toBeGreaterThanOrEqual(990);
});

test('one that hangs holds up its own site only, and not the end of the crawl', async () => {
	await using hanging = await startHostileSite({ robots: 'hang' });
	await using site = await startServer(SITE);
	const crawler = testCrawler({ respectRobotsTxtFile: true, requestHandler: async () => {} });

	const run = crawler.run([`${hanging.url}/leaf/1`, `${site.url}/open`]);
	await expect.poll(() => site.log.hits('/open')).toBe(1);
	await sleep(50);
	crawler.stop();
	const { requestsFinished } = await run;

	expect(requestsFinished).toBe(1);
	expect(hanging.log.requests.map(({ url }) => url)).toEqual(['/robots.txt']);
	expect(crawler.counts()).toMatchObject({ handled: 1, failed: 0 });
});

test('a crawl-delay is kept to, up to maxCrawlDelaySecs', async () => {
	await using site = await startServer({
		...SITE,
		'/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nCrawl-delay: 3600\n' },
	});
	const crawler = testCrawler({
		respectRobotsTxtFile: true,
		maxCrawlDelaySecs: 0.15,
		requestHandler: async () => {},
	});

	await crawler.run([`${site.url}/1`, `${site.url}/2`, `${site.url}/3`]);

	expect(site.log.hits()).toBe(4);
	expect(site.log.minGapMs(({ url }) => url !== '/robots.txt')).toBeGreaterThanOrEqual(145);
});

test('an onSkippedRequest that fails does not stop the crawl', async () => {
	const { asked } = await crawl({
		respectRobotsTxtFile: true,
		onSkippedRequest: async () => {
			throw new Error('no list');
		},
	});

	expect(asked).toEqual(['/', '/open', '/robots.txt', '/secret']);
});

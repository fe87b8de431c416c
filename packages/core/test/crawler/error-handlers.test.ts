import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CrawlerOptions } from '../../src/index.ts';
import { rowsOf, testCrawler, watchRejections } from './crawl.ts';

const never = (): Promise<void> => new Promise(() => {});

/** Crawls a page that fails always and one that does not. */
async function crawl(options: CrawlerOptions) {
	const rejections = watchRejections();
	await using site = await startServer({ '/*': '<p>page</p>' });
	const crawler = testCrawler({
		maxRequestRetries: 1,
		retry: { baseDelaySecs: 0 },
		requestHandler: ({ request }) => {
			if (request.url.endsWith('/bad')) throw new Error('no');
		},
		...options,
	});
	const statistics = await crawler.run([`${site.url}/bad`, `${site.url}/good`]);
	const [failed] = await crawler.failedRequests();
	expect(statistics).toMatchObject({ requestsFinished: 1, requestsFailed: 1 });
	expect(crawler.counts()).toMatchObject({ handled: 1, failed: 1, leased: 0 });
	expect(rejections).toEqual([]);
	const failures = await rowsOf(crawler, 'failures');
	return { error: failed?.error?.replace(site.url, 'SITE'), failures };
}

describe('a handler of errors that does not end is given up, and the run goes on', () => {
	test('failedRequestHandler: the page fails for its own reason, and leaves nothing', async () => {
		const { error, failures } = await crawl({
			requestHandlerTimeoutSecs: 0.2,
			failedRequestHandler: async ({ pushData }) => {
				await pushData({ n: 1 }, 'failures');
				await never();
			},
		});
		expect({ error, failures }).toEqual({ error: 'no', failures: [] });
	});

	test('errorHandler: the page is not tried again, and both reasons are told', async () => {
		const { error } = await crawl({ requestHandlerTimeoutSecs: 0.2, errorHandler: never });
		expect(error).toBe(
			'The errorHandler of SITE/bad did not end within 0.2 seconds (requestHandlerTimeoutSecs). Before that: no',
		);
	});

	test('a schema that hangs', async () => {
		const { error, failures } = await crawl({
			requestHandlerTimeoutSecs: 0.2,
			itemSchema: { '~standard': { version: 1, vendor: 'test', validate: never } } as never,
			failedRequestHandler: ({ pushData }) => void pushData({ n: 1 }, 'failures'),
		});
		expect({ error, failures }).toEqual({ error: 'no', failures: [] });
	});
});

describe('what a handler of errors does without await', () => {
	const itemSchema = z.object({ n: z.number() }).refine(async () => {
		await sleep(30);
		return true;
	});

	test('is waited for', async () => {
		const { failures } = await crawl({
			itemSchema,
			errorHandler: ({ pushData }) => void pushData({ n: 1 }, 'failures'),
			failedRequestHandler: ({ pushData }) => void pushData({ n: 2 }, 'failures'),
		});
		expect(failures).toEqual([{ n: 1 }, { n: 2 }]);
	});

	test.each(['errorHandler', 'failedRequestHandler'])('%s: a wrong call is the page’s alone', async (name) => {
		const { error, failures } = await crawl({
			[name]: ({ pushData }: { pushData(row: object, dataset: unknown): Promise<void> }) => {
				void pushData({ n: 1 }, 'failures');
				void pushData({ n: 2 }, null);
			},
		});
		expect(error).toMatch(
			name === 'errorHandler' ? /^name of the dataset for pushData .*not null\. Before that: no$/ : /^no$/,
		);
		expect(failures).toEqual([]);
	});
});

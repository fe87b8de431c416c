import { expect, test } from 'vitest';
import { pageStatistics } from '../../src/crawler/page-statistics.ts';
import { Request } from '../../src/index.ts';
import { testCrawler } from './crawl.ts';

test('a page counts once, by how it ended and after how many retries; a redirect does not count', () => {
	const crawler = testCrawler();
	const statistics = pageStatistics(crawler);
	const made = (path: string, retryCount = 0) => new Request({ url: `http://a.test/${path}`, retryCount } as never);
	const error = new Error('no');

	statistics.started(made('1'));
	statistics.willRetry(error);
	statistics.started(made('1', 1));
	statistics.finished(made('1', 1));
	statistics.started(made('2'));
	statistics.statusCode(404);
	statistics.failed(made('2'), error);
	statistics.started(made('3'));
	statistics.forget(made('3'));
	statistics.finished(made('3'));

	expect(crawler.stats.state).toMatchObject({
		requestsFinished: 1,
		requestsFailed: 1,
		requestsRetries: 1,
		requestsWithStatusCode: { 404: 1 },
	});
	expect(crawler.stats.requestRetryHistogram).toEqual([1, 1]);
	expect([crawler.stats.errorTracker.total, crawler.stats.errorTrackerRetry.total]).toEqual([1, 1]);
});

test('an error is counted, whatever it is made of, and with what caused it', () => {
	const fails = (): never => {
		throw new Error('asked');
	};
	const crawler = testCrawler();
	const statistics = pageStatistics(crawler);
	statistics.willRetry(Object.defineProperty(new Error('x'), 'code', { get: fails }));
	statistics.willRetry(Object.assign(new Error('x'), { code: Object.create(null) }));
	statistics.willRetry(Object.assign(new Error('x', { cause: new Error('y') }), { code: 'E' }));
	statistics.willRetry(new Error('x', { cause: Object.create(null) }));

	expect(crawler.stats.errorTrackerRetry.total).toBe(5);
	expect(JSON.stringify(crawler.stats.errorTrackerRetry.result)).toContain('"E":');
});

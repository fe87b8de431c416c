import { describe, expect, test } from 'vitest';
import { type CrawlResult, crawlSummary } from '../../src/crawl/crawl-summary.ts';

const DONE: CrawlResult = {
	exitCode: 0,
	storage: 'storage/a.sqlite',
	pages: 10,
	seconds: 2,
	rows: 10,
	counts: { waiting: 0, delayed: 0, leased: 0, handled: 10, failed: 0, skipped: 0, redirected: 0 },
	failures: [],
	forbidden: [],
	isStopped: false,
};

describe('the summary', () => {
	test('of a crawl that went well', () => {
		expect(crawlSummary(DONE)).toBe(
			'\n10 pages in 2 s.\n\n10 rows: orbweaver export pages.csv --storage storage/a.sqlite',
		);
	});

	test('of one that was stopped says how to go on', () => {
		const text = crawlSummary({ ...DONE, isStopped: true, counts: { ...DONE.counts, waiting: 1, delayed: 1 } });
		expect(text).toContain('Stopped.\n2 addresses are left; go on with: orbweaver resume --storage storage/a.sqlite\n');
	});

	test('tells what failed, where it was linked, and how many more there are', () => {
		const failures = [
			{ url: 'http://a/x', error: 'http://a/x answered 404.', foundOn: 'http://a/' },
			{ url: 'http://a/y', error: 'broken' },
		];
		const text = crawlSummary({ ...DONE, failures, counts: { ...DONE.counts, failed: 3 } });
		expect(text).toContain('3 addresses failed (23.1%)');
		expect(text).toContain(
			'\n  http://a/x answered 404.\n    linked from http://a/\n  http://a/y: broken\n  … and 1 more.\n',
		);
	});

	test('tells of a crawl that had nothing to do', () => {
		expect(crawlSummary({ ...DONE, pages: 0 })).toContain(
			'Nothing was left to do: all 10 pages of storage/a.sqlite are done.',
		);
	});

	test('tells what robots.txt forbids', () => {
		const text = crawlSummary({ ...DONE, forbidden: ['http://a/x'], counts: { ...DONE.counts, skipped: 2 } });
		expect(text).toContain('http://a/x was not crawled: its robots.txt forbids it');
		expect(text).toContain('1 link was left alone');
	});
});

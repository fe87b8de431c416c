import { expect, test } from 'vitest';
import type { FinalStatistics } from '../../src/crawlee.ts';
import { endReport, rejectedReport } from '../../src/crawler/end-report.ts';

const NONE = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };
const report = (before: object, after: object, requestsFinished = 0) =>
	endReport({
		before: { ...NONE, ...before },
		after: { ...NONE, ...after },
		statistics: { requestsFinished } as FinalStatistics,
		storage: 'a.sqlite',
		rejected: 0,
	});

test('a run that handled a page has nothing to say', () => {
	expect(report({}, { handled: 1, failed: 9 }, 1)).toBeUndefined();
});

test('a run in which every page failed says how many', () => {
	expect(report({}, { failed: 2 })).toEqual({
		level: 'error',
		message: 'No page could be crawled: 2 failed. The reasons are in the lines above.',
	});
	expect(report({ failed: 5 }, { failed: 6, skipped: 2 })?.message).toContain('1 failed, 2 forbidden by robots.txt');
	expect(report({ failed: 5 }, { failed: 5, skipped: 2 })?.message).toContain('crawled: 2 forbidden by robots.txt');
});

test('a run in which the rest of an interrupted crawl failed has nothing to say', () => {
	expect(report({ handled: 4, delayed: 1 }, { handled: 4, failed: 1 })).toBeUndefined();
	expect(report({ handled: 4, leased: 1 }, { handled: 4, skipped: 1 })).toBeUndefined();
	// Nothing of it went well before, either.
	expect(report({ waiting: 1 }, { failed: 1 })?.level).toBe('error');
});

test('a run that was stopped before its first page has nothing to say', () => {
	expect(report({}, { waiting: 3 })).toBeUndefined();
	expect(report({}, { failed: 1, delayed: 1 })).toBeUndefined();
	expect(report({ handled: 4 }, { handled: 4, leased: 1 })).toBeUndefined();
});

test('a run with nothing to do says so, and how to start over', () => {
	expect(report({ handled: 3, failed: 1, redirected: 1 }, { handled: 3, failed: 1, redirected: 1 })).toEqual({
		level: 'info',
		message:
			'Nothing is left to do: all 5 requests of a.sqlite are done. Set resume: false to start over, or choose another storage.',
	});
	expect(report({}, {})).toBeUndefined();
});

test('rows that were set aside are counted', () => {
	expect(rejectedReport({ rejected: 0 })).toBeUndefined();
	expect(rejectedReport({ rejected: 1 })).toEqual({
		level: 'warning',
		message: '1 row does not fit its schema and was set aside; crawler.rejectedItems() tells why, and from which page.',
	});
	expect(rejectedReport({ rejected: 12 })?.message).toContain('12 rows do not fit their schema and were set aside');
});

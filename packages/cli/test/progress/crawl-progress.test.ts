import { expect, test } from 'vitest';
import { crawlProgress } from '../../src/progress/crawl-progress.ts';

const NONE = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

test('tells how much is done and what is left', () => {
	const counts = { ...NONE, handled: 310, waiting: 90, leased: 8, delayed: 2, failed: 3, skipped: 5, redirected: 2 };
	expect(crawlProgress({ counts, rate: 50, elapsedMs: 7_000 })).toEqual({
		part: 320 / 420,
		lines: [
			'310 pages · 50/s · 2 s left for what is known',
			'90 waiting · 8 in flight · 2 to try again · 3 failed · 5 skipped · 7 s',
		],
	});
});

test('says nothing that it does not know', () => {
	expect(crawlProgress({ counts: NONE, rate: undefined, elapsedMs: 0 })).toEqual({
		part: undefined,
		lines: ['0 pages', '0 waiting · 0 in flight · 0 failed · 0.0 s'],
	});
	expect(crawlProgress({ counts: { ...NONE, waiting: 5 }, rate: 0, elapsedMs: 0 }).lines[0]).toBe('0 pages · 0.0/s');
});

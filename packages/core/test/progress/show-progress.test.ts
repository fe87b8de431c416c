import { startServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import { showProgress } from '../../src/index.ts';
import { testCrawler } from '../crawler/crawl.ts';

const COUNTS = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

/** A stream that keeps what is written, and counts that somebody else raises. */
function screen(facts: { isTTY?: boolean; columns?: number }) {
	const written: string[] = [];
	const counts = { ...COUNTS };
	return {
		written,
		counts,
		stream: { ...facts, write: (text: string) => written.push(text) },
		source: { counts: () => ({ ...counts }), stats: { state: { requestsFinished: 0 } } },
	};
}

test('a terminal has one line that changes, cut to its width and wiped where the last was longer', async () => {
	const { written, counts, stream, source } = screen({ isTTY: true, columns: 34 });
	counts.waiting = 123_456;
	const hide = showProgress(source, { stream, everyMs: 5 });
	await expect.poll(() => written.length).toBeGreaterThan(0);
	counts.waiting = 0;
	hide();

	expect(written[0]).toBe(`\r${'0 pages · 0.0/s · 123456 to go · 0 s'.slice(0, 33)}`);
	expect(written.at(-2)).toMatch(/^\r0 pages · 0\.0\/s · 0 to go · 0 s *$/);
	expect(written.at(-2)?.length).toBe(34);
	expect(written.at(-1)).toBe('\n');
	expect(written.slice(0, -1).every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
});

test('anything else gets whole lines, the last one at the end', async () => {
	const { written, counts, stream, source } = screen({});
	const hide = showProgress(source, { stream, everyMs: 5 });
	await expect.poll(() => written.length).toBeGreaterThan(1);
	counts.handled = 7;
	hide();
	const { length } = written;
	await new Promise((resolve) => setTimeout(resolve, 20));

	expect(written).toHaveLength(length);
	expect(written.at(-1)).toMatch(/^7 pages · .*\n$/);
	expect(written.join('')).not.toContain('\r');
});

test('shows a real crawl, whose counts stay when it has ended', async () => {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const { written, stream } = screen({});
	const crawler = testCrawler({ requestHandler: async () => {} });
	const hide = showProgress(crawler, { stream });

	await crawler.run([`${site.url}/1`, `${site.url}/2`]);
	hide();

	expect(written.at(-1)).toMatch(/^2 pages · /);
});

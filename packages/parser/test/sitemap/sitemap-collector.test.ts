import { describe, expect, it } from 'vitest';
import { SitemapCollector } from '../../src/sitemap/sitemap-collector.ts';
import type { RawEntry } from '../../src/sitemap/sitemap-entry.ts';

function collect(entry: Partial<RawEntry>) {
	const collector = new SitemapCollector('https://a.test/', 10);
	collector.add({ kind: 'url', loc: '/b', alternates: [], ...entry });
	return collector.result();
}

describe('SitemapCollector', () => {
	it.each([
		['2026', '2026-01-01T00:00:00.000Z'],
		['2026-02', '2026-02-01T00:00:00.000Z'],
		[' 2026-02-03 ', '2026-02-03T00:00:00.000Z'],
		['2026-02-03T04:05+01:00', '2026-02-03T03:05:00.000Z'],
		['2026-02-03T04:05:06.7Z', '2026-02-03T04:05:06.700Z'],
		['Tue, 03 Feb 2026 04:05:06 +0000', '2026-02-03T04:05:06.000Z'],
	])('reads the date %j', (lastmod, time) => {
		expect(collect({ lastmod }).urls[0]?.lastmod?.toISOString()).toBe(time);
	});

	it.each(['', 'soon', '2026-13-45'])('leaves out the date %j', (lastmod) => {
		expect(collect({ lastmod }).urls).toEqual([{ url: 'https://a.test/b' }]);
	});

	it.each([
		['0.0', 0],
		['1', 1],
		['1.1', undefined],
		['-0.1', undefined],
		['high', undefined],
		[' ', undefined],
	])('reads the priority %j as %s', (text, priority) => {
		expect(collect({ priority: text }).urls[0]?.priority).toBe(priority);
	});

	it('leaves out alternates that lead nowhere', () => {
		const alternates = [
			{ hreflang: 'de', href: 'mailto:x' },
			{ hreflang: 'fr', href: 'fr' },
		];
		expect(collect({ alternates }).urls[0]?.alternates).toEqual([{ hreflang: 'fr', url: 'https://a.test/fr' }]);
	});

	it('counts both kinds against the limit, and only what would have been kept', () => {
		const collector = new SitemapCollector('https://a.test/', 2);
		collector.add({ kind: 'sitemap', loc: '/1', alternates: [] });
		collector.add({ kind: 'url', loc: '/2', alternates: [] });
		collector.add({ kind: 'url', loc: 'mailto:x', alternates: [] });
		expect(collector.isTruncated).toBe(false);
		collector.add({ kind: 'url', loc: '/3', alternates: [] });
		expect(collector.result()).toMatchObject({ sitemaps: { length: 1 }, urls: { length: 1 }, truncated: true });
	});
});

import { expect, test } from 'vitest';
import { renderPage } from '../../src/generated/generated-page.ts';
import { completeOptions } from '../../src/generated/options.ts';
import type { GeneratedSiteOptions } from '../../src/index.ts';
import { generatedPage, generatedUrls } from '../../src/index.ts';
import { linksOf } from '../tiny-crawler.ts';

const origin = 'http://127.0.0.1:8080';

function median(numbers: number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function mean(numbers: number[]): number {
	return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}

/** Every `step`th page of a site of the usual size. */
function measure(options: GeneratedSiteOptions, step: number): { sizes: number[]; links: number[] } {
	const site = completeOptions(options);
	const pages = Array.from({ length: site.pages / step }, (_, i) => renderPage(site, i * step));
	return { sizes: pages.map(({ html }) => Buffer.byteLength(html)), links: pages.map(({ links }) => links) };
}

test('small pages: 4 to 60 KB, about 20; 20 to 200 links', () => {
	const { sizes, links } = measure({ origin }, 20);
	expect(Math.min(...sizes)).toBeGreaterThan(4000);
	expect(Math.max(...sizes)).toBeLessThan(60_000);
	expect(median(sizes)).toBeGreaterThan(18_000);
	expect(median(sizes)).toBeLessThan(22_500);
	expect(Math.min(...links)).toBeGreaterThanOrEqual(20);
	expect(Math.max(...links)).toBeLessThanOrEqual(200);
	expect(median(links)).toBeGreaterThan(45);
	expect(median(links)).toBeLessThan(65);
});

test('real pages: a median near 100 KB and 90 links, and a long tail', () => {
	const { sizes, links } = measure({ origin, profile: 'real' }, 5);
	expect(median(sizes)).toBeGreaterThan(85_000);
	expect(median(sizes)).toBeLessThan(120_000);
	expect(mean(sizes) / median(sizes)).toBeGreaterThan(1.25);
	expect(Math.max(...sizes)).toBeGreaterThan(500_000);
	expect(Math.max(...sizes)).toBeLessThan(1_500_000);
	expect(median(links)).toBeGreaterThan(75);
	expect(median(links)).toBeLessThan(110);
	expect(mean(links) / median(links)).toBeGreaterThan(1.4);
});

test.each(['small', 'real'] as const)(
	'every URL of a %s site is reached from the index, and there are no others',
	(profile) => {
		const options = { origin, profile, pages: profile === 'small' ? 1234 : 150 };
		const urls = generatedUrls(options);
		const known = new Set([`${origin}/`]);
		for (const url of known) {
			const path = new URL(url).pathname;
			const i = path === '/' ? 0 : Number(/page-(\d+)/.exec(path)?.[1]);
			for (const link of linksOf(generatedPage(i, options), url)) if (link.startsWith(origin)) known.add(link);
		}
		expect([...known].toSorted()).toEqual(urls.toSorted());
		expect(urls.slice(0, 2)).toEqual([`${origin}/`, `${origin}/section-000/page-000001.html`]);
	},
);

test('the links are a mix of all kinds, with a shared block', () => {
	const options = { origin, pages: 5000 };
	const pages = [17, 1717, 4321].map((i) => generatedPage(i, options));
	const html = pages.join('');
	for (const kind of [/href="\/section/, /href="page-/, /href="\.\.\/section/, /href="http:\/\/127/, /href="#part-/]) {
		expect(html).toMatch(kind);
	}
	for (const kind of [/http:\/\/external\.invalid\//, /\?from=list&amp;view=print/, /href='/, /href=[^"']/]) {
		expect(html).toMatch(kind);
	}
	expect(new Set(pages.map((page) => /<nav>.*?<\/nav>/s.exec(page)?.[0])).size).toBe(1);
	const links = linksOf(html, `${origin}/section-000/page-000017.html`);
	expect(new Set(links).size).toBeLessThan(links.length * 0.9);
});

test.each(['small', 'real'] as const)('the number of links of a %s page is the number of its links', (profile) => {
	const site = completeOptions({ origin, profile, pages: 400 });
	for (let i = 0; i < 400; i += 20) {
		const { html, links } = renderPage(site, i);
		expect(linksOf(html, origin)).toHaveLength(links);
	}
});

test('what only looks like a link is not one', () => {
	const html = Array.from({ length: 20 }, (_, i) => generatedPage(i, { origin, pages: 100 })).join('');
	expect(html).toContain('/never/');
	expect(linksOf(html, origin).filter((link) => link.includes('/never/'))).toEqual([]);
});

test('the same options give the same bytes, another seed others', () => {
	const options = { origin, pages: 100, seed: 4 };
	expect(generatedPage(42, options)).toBe(generatedPage(42, options));
	expect(generatedPage(42, options)).not.toBe(generatedPage(42, { ...options, seed: 5 }));
	expect(generatedPage(42, options)).not.toBe(generatedPage(43, options));
});

test.each([1, 2, 5])('a site of %i pages links to nothing else', (pages) => {
	const options = { origin, pages };
	const urls = new Set(generatedUrls(options));
	for (let i = 0; i < pages; i += 1) {
		const links = linksOf(generatedPage(i, options), generatedUrls(options)[i] ?? '');
		for (const link of links)
			expect(link.startsWith(origin) ? urls.has(link) : link.startsWith('http://external.invalid/')).toBe(true);
	}
});

test('a bad option is named with its value', () => {
	expect(() => generatedPage(100, { origin, pages: 100 })).toThrow('pages 0 to 99, got 100');
	expect(() => generatedPage(0, { origin: 'http://127.0.0.1:8080/' })).toThrow('origin must be an origin');
	expect(() => generatedUrls({ origin, pages: 0 })).toThrow('pages must be a whole number from 1');
});

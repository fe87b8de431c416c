import { beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../../src/index.ts';
import { startShop } from '../../src/index.ts';
import type { Visit } from '../tiny-crawler.ts';
import { crawl } from '../tiny-crawler.ts';

let shop: Shop;
let visits: Map<string, Visit>;

beforeAll(async () => {
	shop = await startShop({ slowMs: 5 });
	visits = await crawl(`${shop.url}/`, (url) => !/^\/(admin\/|cart)/.test(new URL(url).pathname));
	return () => shop.close();
});

function withStatus(matches: (status: number) => boolean): string[] {
	return [...visits].filter(([, { status }]) => matches(status)).map(([url]) => url);
}

describe('a crawl that follows every allowed link', () => {
	test('finds exactly the pages', () => {
		expect(withStatus((status) => status === 200).toSorted()).toEqual(shop.pages.toSorted());
	});

	test('finds every product, with its facts on the page', () => {
		expect(shop.products).toHaveLength(360);
		for (const product of shop.products) {
			const html = visits.get(product.url)?.html ?? '';
			const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}');
			expect(data).toMatchObject({
				name: product.name,
				sku: product.sku,
				description: product.description,
				offers: { price: product.price, priceCurrency: product.currency },
			});
			expect(data.offers.availability.endsWith('/InStock')).toBe(product.inStock);
			expect(html).toContain(`<code class="sku">${product.sku}</code>`);
			expect(html).toContain('<meta property="og:type" content="product">');
		}
	});

	test('finds exactly the broken links, each on the page that has it', () => {
		const found = withStatus((status) => status >= 400).map((url) => ({
			url,
			status: visits.get(url)?.status,
			foundOn: visits.get(url)?.foundOn,
		}));
		const byUrl = (a: { url: string }, b: { url: string }): number => a.url.localeCompare(b.url);
		expect(found.toSorted(byUrl)).toEqual(shop.brokenLinks.toSorted(byUrl));
		expect(shop.brokenUrls.toSorted()).toEqual(found.map(({ url }) => url).toSorted());
		expect(new Set(found.map(({ status }) => status))).toEqual(new Set([404, 410, 500]));
	});

	test('finds exactly the redirects', () => {
		const found = withStatus((status) => status >= 300 && status < 400);
		expect(found.toSorted()).toEqual(shop.redirects.map(({ url }) => url).toSorted());
		for (const { url, status, to } of shop.redirects) {
			expect(visits.get(url)?.status).toBe(status);
			expect(new URL(visits.get(url)?.location ?? '', url).href).toBe(to);
		}
		const [first, second] = shop.redirects.filter(({ url }) => shop.redirectLoopUrls.includes(url));
		expect([first?.to, second?.to]).toEqual([second?.url, first?.url]);
	});

	test('never needs a forbidden or a nofollow page', () => {
		for (const url of [...shop.disallowedUrls, ...shop.nofollowUrls]) expect(visits.has(url)).toBe(false);
	});
});

test('forbidden links are there to be followed, and answer', async () => {
	const product = visits.get(shop.products[0]?.url ?? '')?.html ?? '';
	for (const url of shop.disallowedUrls.filter((url) => !url.includes('add=') || url.endsWith('OW-10000'))) {
		expect(product).toContain(`href="${url.slice(shop.url.length)}"`);
		expect((await fetch(url)).status).toBe(200);
	}
	expect(shop.disallowedUrls).toHaveLength(363);
});

test('robots.txt forbids them and names the sitemap', async () => {
	const text = await (await fetch(`${shop.url}/robots.txt`)).text();
	expect(text).toContain('Disallow: /admin/\nDisallow: /cart\n');
	expect(text).toContain(`Sitemap: ${shop.sitemapUrls[0]}`);
});

test('duplicates answer as the page they are', async () => {
	expect(shop.duplicates.length).toBeGreaterThan(10);
	for (const { url, of } of shop.duplicates) {
		expect(await (await fetch(url)).text()).toBe(visits.get(of)?.html);
	}
});

test('the encoded pages list their names in their encoding, told in the header or only in the page', async () => {
	const pages = shop.encodedPages.map(async ({ url, charset, names }) => {
		const response = await fetch(url);
		const html = new TextDecoder(charset).decode(await response.arrayBuffer());
		const listed = [...html.matchAll(/<li><a href="\.\.\/p\/[^>]*>(.*?)<\/a>/g)].map(([, name]) => name);
		const escaped = names.map((name) =>
			name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;'),
		);
		expect(listed).toEqual(escaped);
		expect(html).toContain(`<meta charset="${charset}">`);
		return response.headers.get('content-type');
	});
	expect(await Promise.all(pages)).toEqual(['text/html', 'text/html; charset=shift_jis']);
});

test('pages are gzipped for those who accept it and for nobody else', async () => {
	const gzipped = await fetch(shop.url);
	const plain = await fetch(shop.url, { headers: { 'Accept-Encoding': 'identity' } });
	expect([gzipped, plain].map((response) => response.headers.get('content-encoding'))).toEqual(['gzip', null]);
	expect(await plain.text()).toBe(await gzipped.text());
});

test('links are written in every way there is', () => {
	const html = [...visits.values()].map((visit) => visit.html).join('');
	const ways = [
		/href="\/p\//,
		/href="\.\.\/\.\.\/p\//,
		/href="\?page=/,
		/href="\/\/127/,
		/href="http:/,
		/href="\s+\//,
		/href="#/,
	];
	for (const way of ways) expect(html).toMatch(way);
});

test('products have pictures', async () => {
	const response = await fetch(shop.products[3]?.imageUrl ?? '');
	expect(response.headers.get('content-type')).toBe('image/svg+xml');
	expect(await response.text()).toContain('<svg');
});

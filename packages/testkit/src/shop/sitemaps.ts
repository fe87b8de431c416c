import { gzipSync } from 'node:zlib';
import type { Reply } from '../server/handler.ts';
import { escapeHtml } from '../text/escape.ts';
import { listingPath, productPath } from './paths.ts';
import type { Site } from './site.ts';

/** The index, and the three sitemaps it names; the last is a gzip file. */
export const sitemapPaths: readonly string[] = [
	'/sitemap.xml',
	'/sitemap-pages.xml',
	'/sitemap-products-1.xml',
	'/sitemap-products-2.xml.gz',
];

/** The sitemap at `path` (sitemaps.org protocol 0.9), if there is one. */
export function sitemap(site: Site, path: string): Reply | undefined {
	const { categories, products } = site.catalog;
	const half = Math.ceil(products.length / 2);
	switch (path) {
		case '/sitemap.xml':
			return xml(wrap('sitemapindex', 'sitemap', site.origin, sitemapPaths.slice(1)));
		case '/sitemap-pages.xml':
			return xml(urlSet(site, ['/', '/about', '/contact', '/help/', ...categories.map((c) => listingPath(c))]));
		case '/sitemap-products-1.xml':
			return xml(urlSet(site, products.slice(0, half).map(productPath)));
		case '/sitemap-products-2.xml.gz': {
			const body = gzipSync(urlSet(site, products.slice(half).map(productPath)));
			return { headers: { 'Content-Type': 'application/gzip' }, body };
		}
		default:
			return undefined;
	}
}

function urlSet({ origin }: Site, paths: readonly string[]): string {
	return wrap('urlset', 'url', origin, paths);
}

function wrap(root: string, entry: string, origin: string, paths: readonly string[]): string {
	const entries = paths.map(
		(path) => `<${entry}><loc>${escapeHtml(origin + path)}</loc><lastmod>2026-02-01</lastmod></${entry}>`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</${root}>
`;
}

function xml(body: string): Reply {
	return { headers: { 'Content-Type': 'application/xml; charset=utf-8' }, body };
}

import type { Reply } from '../server/handler.ts';
import { encodeText } from '../text/encode.ts';
import { aboutPage } from './pages/about-page.ts';
import { contactPage } from './pages/contact-page.ts';
import { helpArticlePage, helpArticlePath, helpArticles, helpPage } from './pages/help-pages.ts';
import { listingPage } from './pages/listing-page.ts';
import { productImage } from './pages/product-image.ts';
import { productPage } from './pages/product-page.ts';
import { slowPage } from './pages/slow-page.ts';
import { errorPage, forbiddenPage, offersPage, pressPage } from './pages/small-pages.ts';
import { startPage } from './pages/start-page.ts';
import type { WorldRegion } from './pages/world-page.ts';
import { worldPage, worldPath, worldRegions } from './pages/world-page.ts';
import { imagePath, listingPages, productPath, slowPath } from './paths.ts';
import { robotsTxt } from './robots.ts';
import type { Site } from './site.ts';
import { sitemap } from './sitemaps.ts';
import { brokenPaths, forbiddenPaths, nofollowPath, redirectPaths } from './troubles.ts';

/** What the shop says to a URL: the same answer every time. */
export type Answer = (url: URL) => Reply;

/** Prepares the shop's answers, one per path; only listings and the old addresses look at the query. */
export function createAnswer(site: Site): Answer {
	const answers = new Map<string, Answer>();
	const page = (path: string, render: () => string): unknown => answers.set(path, () => ({ body: render() }));

	page('/', () => startPage(site));
	page('/about', () => aboutPage(site));
	page('/contact', () => contactPage(site));
	page('/help/', () => helpPage(site));
	for (const article of helpArticles) page(helpArticlePath(article), () => helpArticlePage(site, article));
	page('/offers/today', () => offersPage(site));
	page(nofollowPath, () => pressPage(site));
	for (const path of forbiddenPaths) page(path, () => forbiddenPage(site, path));
	for (const product of site.catalog.products) {
		page(productPath(product), () => productPage(site, product));
		answers.set(imagePath(product), () => image(productImage(product)));
	}
	for (const category of site.catalog.categories) answers.set(`/c/${category.slug}/`, listingAnswer(site, category));
	for (let n = 1; n <= site.slowPages; n += 1) page(slowPath(n), () => slowPage(site, n));
	for (const world of worldRegions) answers.set(worldPath(world), () => encodedPage(site, world));

	answers.set('/robots.txt', () => ({ headers: { 'Content-Type': 'text/plain' }, body: robotsTxt(site) }));
	for (const { path, status } of brokenPaths) {
		answers.set(path, () => ({ status, body: errorPage(site, path, status) }));
	}
	const redirects = new Map(redirectPaths(site).map((redirect) => [redirect.path, redirect]));

	return (url) => {
		const redirect = redirects.get(url.pathname + url.search);
		if (redirect !== undefined) return { status: redirect.status, headers: { Location: redirect.to } };
		return answers.get(url.pathname)?.(url) ?? sitemap(site, url.pathname) ?? notFound(site, url.pathname);
	};
}

function listingAnswer(site: Site, category: Site['catalog']['categories'][number]): Answer {
	return ({ pathname, searchParams }) => {
		const page = Number(searchParams.get('page') ?? '1');
		if (!Number.isInteger(page) || page < 1 || page > listingPages(site.catalog, category))
			return notFound(site, pathname);
		return { body: listingPage(site, category, page, searchParams.get('view') === 'grid' && page === 1) };
	};
}

function encodedPage(site: Site, world: WorldRegion): Reply {
	const type = world.inHeader ? `text/html; charset=${world.charset}` : 'text/html';
	return { headers: { 'Content-Type': type }, body: encodeText(worldPage(site, world), world.charset) };
}

function image(body: string): Reply {
	return { headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=3600' }, body };
}

function notFound(site: Site, path: string): Reply {
	return { status: 404, body: errorPage(site, path, 404) };
}

import type { CatalogProduct } from './catalog.ts';
import { externalUrl } from './pages/contact-page.ts';
import { helpArticlePath, helpArticles } from './pages/help-pages.ts';
import { windowDuplicates } from './pages/start-page.ts';
import { worldPath, worldRegions } from './pages/world-page.ts';
import { cartPath, gridPath, imagePath, listingPages, listingPath, productPath, slowPath } from './paths.ts';
import type { Site } from './site.ts';
import { sitemapPaths } from './sitemaps.ts';
import { brokenPaths, flakyPath, forbiddenPaths, nofollowPath, redirectLoop, redirectPaths } from './troubles.ts';

/** A product, as a crawl of the shop should find it. */
export interface Product {
	readonly url: string;
	readonly sku: string;
	readonly name: string;
	readonly brand: string;
	readonly description: string;
	/** The category's name. */
	readonly category: string;
	readonly price: number;
	/** ISO 4217. */
	readonly currency: string;
	readonly inStock: boolean;
	readonly imageUrl: string;
}

/** A link whose target always fails. */
export interface BrokenLink {
	readonly url: string;
	readonly status: number;
	/** The page that has the link. */
	readonly foundOn: string;
}

/** One hop: where it starts, what it answers, and the absolute URL it names. */
export interface Redirect {
	readonly url: string;
	readonly status: number;
	readonly to: string;
}

/**
 * What is true of a shop. URLs are absolute and in normal form: no fragment, no `utm_` parameter, query sorted by name.
 */
export interface ShopTruth {
	readonly products: readonly Product[];
	/**
	 * Every page that answers 200 and is reached by following links and redirects from the start page, within
	 * robots.txt and without `rel="nofollow"` links. Includes `flakyUrl` and the ends of redirects.
	 */
	readonly pages: readonly string[];
	/** URLs that pages link to and that always fail: 404, 410 or 500. */
	readonly brokenUrls: readonly string[];
	/** The same, with the status and the page that has the link. */
	readonly brokenLinks: readonly BrokenLink[];
	/** URLs that pages link to and robots.txt forbids. They answer 200, so the log shows who did not ask. */
	readonly disallowedUrls: readonly string[];
	/** Pages that only `rel="nofollow"` links lead to; not among `pages`. */
	readonly nofollowUrls: readonly string[];
	/** Every redirect, hop by hop, the two of the loop included. */
	readonly redirects: readonly Redirect[];
	/** The two redirects that point at each other. */
	readonly redirectLoopUrls: readonly string[];
	/** A product page that answers 503 with `Retry-After: 1` the first time, and 200 from then on. */
	readonly flakyUrl: string;
	/** Pages that take `slowMs` to answer. */
	readonly slowUrls: readonly string[];
	/** Addresses not in normal form, as found in links, and the page each one is. */
	readonly duplicates: readonly { readonly url: string; readonly of: string }[];
	/** Pages in a legacy encoding and the product names that they list. */
	readonly encodedPages: readonly {
		readonly url: string;
		readonly charset: string;
		readonly names: readonly string[];
	}[];
	/** The sitemap index first, then its children. */
	readonly sitemapUrls: readonly string[];
	/** Links that leave the site; their host does not exist. */
	readonly externalUrls: readonly string[];
}

/** Works out the truth from what the pages are drawn from, not from the pages. */
export function shopTruth(site: Site): ShopTruth {
	const { origin, catalog } = site;
	const at = (path: string): string => origin + path;
	const slow = Array.from({ length: site.slowPages }, (_, i) => slowPath(i + 1));
	const listings = catalog.categories.flatMap((category) => [
		...Array.from({ length: listingPages(catalog, category) }, (_, i) => listingPath(category, i + 1)),
		gridPath(category),
	]);
	const texts = ['/', '/about', '/contact', '/help/', ...helpArticles.map(helpArticlePath), '/offers/today'];
	return {
		products: catalog.products.map((product) => toProduct(site, product)),
		pages: [...texts, ...worldRegions.map(worldPath), ...slow, ...listings, ...catalog.products.map(productPath)].map(
			at,
		),
		brokenUrls: brokenPaths.map(({ path }) => at(path)),
		brokenLinks: brokenPaths.map(({ path, status, foundOn }) => ({ url: at(path), status, foundOn: at(foundOn) })),
		disallowedUrls: [...forbiddenPaths, ...catalog.products.map(cartPath)].map(at),
		nofollowUrls: [at(nofollowPath)],
		redirects: redirectPaths(site).map(({ path, status, to }) => ({
			url: at(path),
			status,
			to: new URL(to, origin).href,
		})),
		redirectLoopUrls: redirectLoop.map(at),
		flakyUrl: at(flakyPath(site)),
		slowUrls: slow.map(at),
		duplicates: [
			...windowDuplicates(site),
			...catalog.categories.map((c) => ({ path: `${listingPath(c)}?view=grid&page=1`, of: gridPath(c) })),
			{ path: '/contact#form', of: '/contact' },
		].map(({ path, of }) => ({ url: at(path), of: at(of) })),
		encodedPages: worldRegions.map((world) => ({
			url: at(worldPath(world)),
			charset: world.charset,
			names: catalog.products.filter(({ region }) => region === world.region).map(({ name }) => name),
		})),
		sitemapUrls: sitemapPaths.map(at),
		externalUrls: [externalUrl],
	};
}

function toProduct({ origin }: Site, product: CatalogProduct): Product {
	const { sku, name, brand, description, category, price, currency, inStock } = product;
	return {
		url: origin + productPath(product),
		sku,
		name,
		brand,
		description,
		category: category.name,
		price,
		currency,
		inStock,
		imageUrl: origin + imagePath(product),
	};
}

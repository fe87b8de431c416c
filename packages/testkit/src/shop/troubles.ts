import { oldProductPath, productPath } from './paths.ts';
import type { Site } from './site.ts';

/** A link that leads nowhere. */
export interface BrokenPath {
	readonly path: string;
	readonly status: 404 | 410 | 500;
	readonly text: string;
	/** The page that has the link. */
	readonly foundOn: string;
}

export const brokenPaths: readonly BrokenPath[] = [
	{ path: '/p/brass-sundial-ow-09001', status: 404, text: 'Brass sundial', foundOn: '/about' },
	{ path: '/catalogue-2019.html', status: 404, text: 'Our 2019 catalogue', foundOn: '/about' },
	{ path: '/help/articles/fax-orders.html', status: 404, text: 'Ordering by fax', foundOn: '/help/' },
	{ path: '/c/clearance/', status: 404, text: 'Clearance', foundOn: '/offers/today' },
	{ path: '/p/paper-lantern-ow-09002', status: 410, text: 'Paper lantern', foundOn: '/c/lighting/' },
	{ path: '/stores/harbour', status: 500, text: 'Opening hours of the harbour store', foundOn: '/contact' },
];

/** One hop of a redirect. */
export interface RedirectPath {
	readonly path: string;
	readonly status: 301 | 302;
	/** A path of the shop, or an absolute URL. */
	readonly to: string;
	readonly text: string;
	/** The page that has the link; a later hop of a chain has none. */
	readonly foundOn?: string;
}

/** The redirect whose two ends point at each other. */
export const redirectLoop: readonly string[] = ['/loop/a', '/loop/b'];

export function redirectPaths({ catalog, partnerUrl }: Site): RedirectPath[] {
	const moved = catalog.products
		.filter((product) => product.id % 30 === 0)
		.map((product): RedirectPath => {
			const foundOn = product.id % 60 === 0 ? '/about' : '/help/articles/warranty.html';
			return { path: oldProductPath(product), status: 301, to: productPath(product), text: product.name, foundOn };
		});
	const fixed: RedirectPath[] = [
		{ path: '/sale', status: 302, to: '/sale/summer', text: 'Summer sale', foundOn: '/' },
		{ path: '/sale/summer', status: 302, to: '/sale/summer/week-27', text: '' },
		{ path: '/sale/summer/week-27', status: 302, to: '/offers/today', text: '' },
		{ path: '/loop/a', status: 302, to: '/loop/b', text: 'Track my parcel', foundOn: '/contact' },
		{ path: '/loop/b', status: 302, to: '/loop/a', text: '' },
	];
	if (partnerUrl !== undefined) {
		fixed.push({ path: '/partner', status: 302, to: partnerUrl, text: 'Our partner shop', foundOn: '/about' });
	}
	return [...moved, ...fixed];
}

/** The product page that answers 503 once. */
export function flakyPath({ catalog }: Site): string {
	return productPath(catalog.flaky);
}

/** Paths that robots.txt forbids although pages link to them, apart from the carts of the products. */
export const forbiddenPaths: readonly string[] = ['/cart', '/admin/login', '/admin/trap'];

/** A page that only a `rel="nofollow"` link leads to. */
export const nofollowPath = '/press';

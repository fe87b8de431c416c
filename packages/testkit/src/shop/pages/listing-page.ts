import { escapeHtml } from '../../text/escape.ts';
import type { Category } from '../catalog.ts';
import { layout } from '../layout.ts';
import { href, styleOf } from '../link-style.ts';
import { gridPath, listingPages, listingPath, productPath, productsPerListing } from '../paths.ts';
import type { Site } from '../site.ts';
import { productCard } from './product-card.ts';

/** One page of a category. Its product links are written in every style there is. */
export function listingPage(site: Site, category: Category, page: number, grid: boolean): string {
	const path = grid ? gridPath(category) : listingPath(category, page);
	const first = (page - 1) * productsPerListing;
	const cards = (site.catalog.byCategory.get(category) ?? [])
		.slice(first, first + productsPerListing)
		.map((product, i) => productCard(product, href(productPath(product), path, styleOf(i), site.origin)));
	return layout(site, {
		title: page === 1 ? category.name : `${category.name}, page ${page}`,
		path,
		crumbs: [
			{ text: 'Home', path: '/' },
			{ text: category.name, path },
		],
		main: `${page === 1 ? viewLinks(category) : ''}<ul class="grid">
${cards.join('\n')}
</ul>
${pager(site, category, page)}`,
	});
}

/** The same page under both orders of its parameters. */
function viewLinks(category: Category): string {
	return `<p><a href="${escapeHtml(gridPath(category))}">Grid</a> <a href="?view=grid&amp;page=1">Large pictures</a></p>\n`;
}

function pager(site: Site, category: Category, page: number): string {
	const last = listingPages(site.catalog, category);
	const to = (n: number): string => (n === 1 ? './' : `?page=${n}`);
	const numbers = Array.from({ length: last }, (_, i) =>
		i + 1 === page ? `<strong>${page}</strong>` : `<a href="${to(i + 1)}">${i + 1}</a>`,
	);
	const next = page < last ? `<a rel="next" class="button" href="${to(page + 1)}">Next</a>` : '';
	return `<div class="pages">${numbers.join(' ')} ${next}</div>`;
}

import { layout } from '../layout.ts';
import { productPath } from '../paths.ts';
import type { Site } from '../site.ts';
import { productCard } from './product-card.ts';

/** The start page: a shop window whose links carry campaign parameters, as shop windows do. */
export function startPage(site: Site): string {
	const window = site.catalog.products
		.filter((_, i) => i % 29 === 13)
		.slice(0, 8)
		.map((product, i) => productCard(product, windowLink(productPath(product), i)));
	return layout(site, {
		title: 'Well-made things',
		path: '/',
		head: '<meta name="description" content="Household goods that last, from eight crafts and two continents.">\n',
		main: `<p>Household goods that last. Browse the shelves above, or begin with the window:</p>
<ul class="grid">
${window.join('\n')}
</ul>
<p>Look further: <a href="world/europe">names from Europe</a>, <a href="world/japan">names from Japan</a>.</p>`,
	});
}

function windowLink(path: string, i: number): string {
	return i % 2 === 0 ? `${path}?utm_source=start&utm_medium=window` : `${path}#reviews`;
}

/** The addresses with campaign parameters that the window has, for the truth about duplicates. */
export function windowDuplicates(site: Site): { path: string; of: string }[] {
	return site.catalog.products
		.filter((_, i) => i % 29 === 13)
		.slice(0, 8)
		.map((product, i) => ({ path: windowLink(productPath(product), i), of: productPath(product) }));
}

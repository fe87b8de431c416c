import { escapeHtml } from '../../text/escape.ts';
import type { CatalogProduct } from '../catalog.ts';
import { imagePath } from '../paths.ts';
import { formatPrice } from '../price.ts';

/** A product in a list. `link` is the href as the page wants it written. */
export function productCard(product: CatalogProduct, link: string): string {
	const name = escapeHtml(product.name);
	return `<li class="card" data-sku="${product.sku}">
<a href="${escapeHtml(link)}"><img src="${imagePath(product)}" alt="${name}" loading="lazy" width="320" height="240">
${name}</a>
<span class="price">${formatPrice(product.price, product.currency)}</span>${stockNote(product)}
</li>`;
}

function stockNote({ inStock }: CatalogProduct): string {
	return inStock ? '' : ' <span class="out">out of stock</span>';
}

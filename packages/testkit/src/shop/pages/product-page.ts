import { escapeHtml, scriptJson } from '../../text/escape.ts';
import type { CatalogProduct } from '../catalog.ts';
import { layout } from '../layout.ts';
import { href, styleOf } from '../link-style.ts';
import { cartPath, imagePath, listingPath, productPath } from '../paths.ts';
import { formatPrice } from '../price.ts';
import type { Site } from '../site.ts';
import { productCard } from './product-card.ts';

/** The page of one product: the facts as text, as Open Graph and as JSON-LD. */
export function productPage(site: Site, product: CatalogProduct): string {
	const { name, brand, sku, description, category, inStock } = product;
	const path = productPath(product);
	return layout(site, {
		title: name,
		path,
		head: openGraph(site, product) + jsonLd(site, product),
		crumbs: [
			{ text: 'Home', path: '/' },
			{ text: category.name, path: `..${listingPath(category)}` },
			{ text: name, path },
		],
		main: `<div class="product">
<img src="${imagePath(product)}" alt="${escapeHtml(name)}" width="640" height="480">
<div>
<p>by <span class="maker">${escapeHtml(brand)}</span> &middot; SKU <code class="sku">${sku}</code></p>
<p class="price">${formatPrice(product.price, product.currency)}</p>
<p class="availability ${inStock ? 'in' : 'out'}">${inStock ? 'In stock' : 'Out of stock'}</p>
<p class="description">${escapeHtml(description)}</p>
<a class="button" href="${escapeHtml(cartPath(product))}">Add to cart</a>
</div>
</div>
<section id="reviews"><h2>Reviews</h2><p>Nobody has written about this yet.</p></section>
${relatedProducts(site, product)}`,
	});
}

function relatedProducts(site: Site, product: CatalogProduct): string {
	const shelf = site.catalog.byCategory.get(product.category) ?? [];
	const place = shelf.indexOf(product);
	const others = [1, 2, 5, 11].flatMap((step) => shelf[(place + step) % shelf.length] ?? []);
	const cards = others
		.filter((other) => other !== product)
		.map((other, i) => productCard(other, href(productPath(other), productPath(product), styleOf(i + 1), site.origin)));
	return `<h2>Goes well with</h2>\n<ul class="grid related">\n${cards.join('\n')}\n</ul>`;
}

function openGraph({ origin }: Site, product: CatalogProduct): string {
	const properties = {
		'og:type': 'product',
		'og:title': product.name,
		'og:url': origin + productPath(product),
		'og:image': origin + imagePath(product),
		'og:description': product.description,
		'product:price:amount': String(product.price),
		'product:price:currency': product.currency,
	};
	return Object.entries(properties)
		.map(([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">\n`)
		.join('');
}

function jsonLd({ origin }: Site, product: CatalogProduct): string {
	const data = {
		'@context': 'https://schema.org',
		'@type': 'Product',
		name: product.name,
		sku: product.sku,
		image: origin + imagePath(product),
		description: product.description,
		brand: { '@type': 'Brand', name: product.brand },
		category: product.category.name,
		offers: {
			'@type': 'Offer',
			url: origin + productPath(product),
			price: product.price,
			priceCurrency: product.currency,
			availability: `https://schema.org/${product.inStock ? 'InStock' : 'OutOfStock'}`,
		},
	};
	return `<script type="application/ld+json">${scriptJson(data)}</script>\n`;
}

import type { Catalog, CatalogProduct, Category } from './catalog.ts';

/** How many products a listing page shows. */
export const productsPerListing = 12;

export function productPath(product: CatalogProduct): string {
	return `/p/${product.slug}`;
}

export function oldProductPath(product: CatalogProduct): string {
	return `/product.php?id=${product.id}`;
}

export function imagePath(product: CatalogProduct): string {
	return `/img/${product.sku.toLowerCase()}.svg`;
}

export function cartPath(product: CatalogProduct): string {
	return `/cart?add=${product.sku}`;
}

/** The first listing page of a category has no query, the others have `?page=n`. */
export function listingPath(category: Category, page = 1): string {
	return `/c/${category.slug}/${page === 1 ? '' : `?page=${page}`}`;
}

/** The first listing page as a grid: the same page whichever way round its two parameters come. */
export function gridPath(category: Category): string {
	return `/c/${category.slug}/?page=1&view=grid`;
}

export function listingPages(catalog: Catalog, category: Category): number {
	return Math.ceil((catalog.byCategory.get(category)?.length ?? 0) / productsPerListing);
}

export function slowPath(n: number): string {
	return `/slow/${n}`;
}

import { Random } from '../random.ts';
import { brands, categoryWords, imports, manners, materials, praises } from './words.ts';

/** A product as the shop knows it, before it has an address. */
export interface CatalogProduct {
	/** Its number in the old shop, which redirects still carry. */
	readonly id: number;
	readonly sku: string;
	readonly slug: string;
	readonly name: string;
	readonly brand: string;
	readonly description: string;
	readonly category: Category;
	readonly price: number;
	readonly currency: Currency;
	readonly inStock: boolean;
	readonly region?: 'europe' | 'japan';
}

export interface Category {
	readonly slug: string;
	readonly name: string;
}

export type Currency = 'EUR' | 'GBP' | 'JPY';

export interface Catalog {
	readonly categories: readonly Category[];
	readonly products: readonly CatalogProduct[];
	readonly byCategory: ReadonlyMap<Category, readonly CatalogProduct[]>;
	/** The one product whose page is unavailable at first. */
	readonly flaky: CatalogProduct;
}

/** The fewest products that fill every category and the most that have distinct names. */
export const catalogLimits = { least: 60, most: 4000 } as const;

/** The same products for the same seed. */
export function createCatalog(count: number, seed: number): Catalog {
	const random = new Random(seed, 1);
	const fromAfar: Category = { slug: 'world', name: 'From afar' };
	const shelves = categoryWords.map((words) => ({
		category: { slug: words.slug, name: words.name },
		names: random.shuffle(namesOf(words.nouns)),
	}));
	const products = Array.from({ length: count }, (_, i): CatalogProduct => {
		const imported = imports[i];
		if (imported !== undefined) {
			const currency = imported.region === 'japan' ? 'JPY' : i % 2 === 0 ? 'EUR' : 'GBP';
			return { ...common(i, random, currency), ...imported, slug: slugOf(imported.slug, i), category: fromAfar };
		}
		const shelf = shelves[i % shelves.length];
		const name = shelf?.names.pop();
		if (shelf === undefined || name === undefined) throw new RangeError(`no name left for product ${i}`);
		return { ...common(i, random, 'EUR'), name, slug: slugOf(name, i), category: shelf.category };
	});
	const categories = [...shelves.map((shelf) => shelf.category), fromAfar];
	const byCategory = new Map(categories.map((category) => [category, products.filter((p) => p.category === category)]));
	const flaky = products[42];
	if (flaky === undefined) throw new RangeError(`a catalog needs at least ${catalogLimits.least} products`);
	return { categories, products, byCategory, flaky };
}

function common(i: number, random: Random, currency: Currency): Omit<CatalogProduct, 'name' | 'slug' | 'category'> {
	const euros = Math.round(490 * Math.exp(random.next() * 5.2)) / 100;
	return {
		id: 1000 + i,
		sku: skuOf(i),
		brand: random.pick(brands),
		description: random.shuffle(praises).slice(0, 3).join(' '),
		price: currency === 'JPY' ? Math.round(euros) * 160 : euros,
		currency,
		inStock: random.chance(0.85),
	};
}

function namesOf(nouns: readonly string[]): string[] {
	return nouns.flatMap((noun) =>
		materials.flatMap((material) => manners.map((manner) => `${manner} ${material} ${noun}`)),
	);
}

function skuOf(i: number): string {
	return `OW-${String(10_000 + i)}`;
}

function slugOf(name: string, i: number): string {
	return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${skuOf(i).toLowerCase()}`;
}

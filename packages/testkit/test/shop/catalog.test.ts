import { expect, test } from 'vitest';
import { catalogLimits, createCatalog } from '../../src/shop/catalog.ts';

test.each([catalogLimits.least, 360, catalogLimits.most])(
	'%i products with distinct names, SKUs and slugs',
	(count) => {
		const { products, categories, byCategory } = createCatalog(count, 3);
		for (const key of ['name', 'sku', 'slug'] as const) expect(new Set(products.map((p) => p[key])).size).toBe(count);
		expect([...byCategory.values()].flat()).toHaveLength(count);
		for (const category of categories) expect(byCategory.get(category)?.length).toBeGreaterThan(0);
	},
);

test('prices fit their currency, and not everything is in stock', () => {
	const { products } = createCatalog(360, 1);
	for (const { price, currency } of products) {
		expect(price).toBeGreaterThan(0);
		expect(price).toBe(Number(price.toFixed(currency === 'JPY' ? 0 : 2)));
	}
	expect(new Set(products.map(({ inStock }) => inStock))).toEqual(new Set([true, false]));
	expect(new Set(products.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'GBP', 'JPY']));
});

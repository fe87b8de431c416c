import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startShop } from '../../src/index.ts';

test('the index leads to every product, the last half by way of a gzip file', async () => {
	await using shop = await startShop();
	const locations = async (url: string): Promise<string[]> => {
		const bytes = await (await fetch(url)).bytes();
		const text = url.endsWith('.gz') ? gunzipSync(bytes).toString() : new TextDecoder().decode(bytes);
		return [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, location]) => location ?? '');
	};
	const [index = '', ...children] = shop.sitemapUrls;
	expect(await locations(index)).toEqual(children);
	const listed = (await Promise.all(children.map(locations))).flat();
	expect(listed).toEqual(expect.arrayContaining(shop.products.map(({ url }) => url)));
	expect(shop.pages).toEqual(expect.arrayContaining(listed));
	expect(new Set(listed).size).toBe(listed.length);
});

import { expect, test } from 'vitest';
import { startShop } from '../../src/index.ts';

test('the flaky product is unavailable once and says for how long', async () => {
	await using shop = await startShop();
	const first = await fetch(shop.flakyUrl);
	expect([first.status, first.headers.get('retry-after')]).toEqual([503, '1']);
	expect((await fetch(shop.flakyUrl)).status).toBe(200);
	expect(shop.products.map(({ url }) => url)).toContain(shop.flakyUrl);
});

test('slow pages take their time, the others do not wait for them', async () => {
	await using shop = await startShop({ slowMs: 60, slowPages: 2 });
	expect(shop.slowUrls).toHaveLength(2);
	const order: string[] = [];
	const slow = fetch(shop.slowUrls[0] ?? '').then(() => order.push('slow'));
	await fetch(shop.url).then(() => order.push('fast'));
	await slow;
	expect(order).toEqual(['fast', 'slow']);
	const [request] = shop.log.select('/slow/1');
	expect((request?.endedAt ?? 0) - (request?.at ?? 0)).toBeGreaterThanOrEqual(58);
});

test('the seed decides the shop', async () => {
	await using one = await startShop({ seed: 5, products: 80 });
	await using same = await startShop({ seed: 5, products: 80 });
	await using other = await startShop({ seed: 6, products: 80 });
	const facts = (shop: typeof one): unknown =>
		shop.products.map(({ sku, name, price, inStock }) => [sku, name, price, inStock]);
	expect(facts(one)).toEqual(facts(same));
	expect(facts(one)).not.toEqual(facts(other));
	const html = async (shop: typeof one): Promise<string> =>
		(await (await fetch(shop.url)).text()).replaceAll(shop.url, '');
	expect(await html(one)).toBe(await html(same));
});

test('with a partner one redirect leaves the site', async () => {
	await using shop = await startShop({ partnerUrl: 'http://partner.invalid/welcome' });
	expect(shop.redirects).toContainEqual({
		url: `${shop.url}/partner`,
		status: 302,
		to: 'http://partner.invalid/welcome',
	});
	expect(await (await fetch(`${shop.url}/about`)).text()).toContain('href="/partner"');
});

test('only GET and HEAD', async () => {
	await using shop = await startShop();
	expect((await fetch(shop.url, { method: 'HEAD' })).status).toBe(200);
	expect((await fetch(shop.url, { method: 'POST' })).status).toBe(405);
});

test('a bad option is named with its value', async () => {
	await expect(startShop({ products: 3 })).rejects.toThrow('products must be a whole number from 60 to 4000, got 3');
	await expect(startShop({ slowMs: 1.5 })).rejects.toThrow('slowMs');
});

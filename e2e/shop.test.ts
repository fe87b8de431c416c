import { existsSync, readFileSync } from 'node:fs';
import { type Shop, startShop } from '@orbweaver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, runScript } from './fixtures/process.ts';
import { mostFetches, productsOf, type ShopRow } from './fixtures/shop-truth.ts';
import { storedRows } from './fixtures/stored.ts';
import { type TemporaryFolder, temporaryFolder } from './fixtures/temporary-folder.ts';

describe('npm run shop', () => {
	let shop: Shop;
	let folder: TemporaryFolder;
	let storage: string;
	let first: Ended;

	beforeAll(async () => {
		shop = await startShop();
		folder = await temporaryFolder();
		storage = folder.file('shop.sqlite');
		first = await runScript('shop', shop.url, storage);
	});

	afterAll(async () => {
		await shop.close();
		await folder[Symbol.asyncDispose]();
	});

	it('ends well and says how many products there are, and where', () => {
		expect(first.code).toBe(0);
		expect(first.stdout).toContain(`${shop.products.length} products are in ${storage}.`);
	});

	it('stores every product of the shop exactly once, as the shop has it', async () => {
		const rows = await storedRows<ShopRow>(storage);
		const bySku = (a: ShopRow, b: ShopRow): number => a.sku.localeCompare(b.sku);
		expect(rows.toSorted(bySku)).toEqual(productsOf(shop).toSorted(bySku));
	});

	it('asks for nothing that robots.txt forbids', () => {
		const asked = new Set(shop.log.requests.map(({ url }) => shop.url + url));
		expect(shop.disallowedUrls.length).toBeGreaterThan(0);
		expect(shop.disallowedUrls.filter((url) => asked.has(url))).toEqual([]);
	});

	it('asks for every other address, and for nothing else', () => {
		const sameAs = new Map(shop.duplicates.map(({ url, of }) => [url, of]));
		const asked = new Set(shop.log.requests.map(({ url }) => sameAs.get(shop.url + url) ?? shop.url + url));
		const redirects = shop.redirects.map(({ url }) => url);
		// As in Crawlee, rel="nofollow" is a word to search engines and forbids nothing.
		const pages = [...shop.pages, ...shop.nofollowUrls];
		const there = new Set([`${shop.url}/robots.txt`, ...pages, ...shop.brokenUrls, ...redirects]);
		expect([...asked].toSorted()).toEqual([...there].toSorted());
	});

	it('fetches each page once, under whatever address; only what may be well later is tried again', () => {
		const limits = mostFetches(shop);
		const sameAs = new Map(shop.duplicates.map(({ url, of }) => [url, of]));
		const counts = shop.log.counts(({ url }) => sameAs.get(shop.url + url) ?? shop.url + url);
		const tooOften = [...counts].filter(([url, count]) => count > (limits.get(url) ?? 1));
		expect(tooOften).toEqual([]);
		expect(counts.get(shop.flakyUrl)).toBe(2);
	});

	it('has nothing left to do the second time, and asks the server for nothing', async () => {
		const before = shop.log.requests.length;
		const second = await runScript('shop', shop.url, storage);
		expect(second.code).toBe(0);
		expect(second.output).toContain('Nothing is left to do');
		expect(second.output).toContain(`${shop.products.length} products`);
		expect(shop.log.requests.length).toBe(before);
		expect(await storedRows(storage)).toHaveLength(shop.products.length);
	});
});

describe('npm run demo', () => {
	it('says how many products it found, and where they are', async () => {
		await using folder = await temporaryFolder();
		const { code, stdout, stderr } = await runScript('demo', folder.path);
		expect({ code, stderr }).toMatchObject({ code: 0 });
		const [, inTheShop] = /with (\d+) products/.exec(stdout) ?? [];
		const [, found] = /, (\d+) products\./.exec(stdout) ?? [];
		const [, file] = /^All of them +(\S+\.csv)$/m.exec(stdout) ?? [];
		expect(found).toBe(inTheShop);
		const results = file ?? '';
		expect(existsSync(results)).toBe(true);
		// One line for the heading; no product of the shop has a line break in it.
		expect(readFileSync(results, 'utf8').trimEnd().split('\n')).toHaveLength(Number(inTheShop) + 1);
	});
});

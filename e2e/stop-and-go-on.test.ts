import { setTimeout as sleep } from 'node:timers/promises';
import { type Shop, startServer, startShop } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { type Ended, startProgram, startScript } from './fixtures/process.ts';
import { between, seededRandom } from './fixtures/seed.ts';
import { mostFetches, productsOf, type ShopRow } from './fixtures/shop-truth.ts';
import { storedRows } from './fixtures/stored.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** About as many requests as a whole crawl of the shop takes. */
const REQUESTS = 440;

/** Crawls the shop; the signal comes when the server was asked for `after` pages more than before. */
async function crawlUntil(shop: Shop, storage: string, signal?: NodeJS.Signals, after = 0): Promise<Ended> {
	await using crawl = startScript('shop', shop.url, storage);
	const goal = shop.log.requests.length + after;
	let hasEnded = false;
	const ended = crawl.ended.finally(() => {
		hasEnded = true;
	});
	while (signal !== undefined && !hasEnded && shop.log.requests.length < goal) await sleep(1);
	if (signal !== undefined) crawl.signal(signal);
	return await ended;
}

function bySku(a: ShopRow, b: ShopRow): number {
	return a.sku.localeCompare(b.sku);
}

describe('a crawl that was stopped goes on', () => {
	it('after Ctrl-C: nothing is fetched twice, every product is there once', async () => {
		const random = seededRandom('Ctrl-C');
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const storage = folder.file('shop.sqlite');
		const after = between(random, 1, REQUESTS * 0.8);
		console.log(`Ctrl-C after ${after} requests`);

		const stopped = await crawlUntil(shop, storage, 'SIGINT', after);
		const early = await storedRows<ShopRow>(storage);
		expect(stopped.output).toContain('SIGINT');
		expect(stopped.code).not.toBe(0);
		expect(early.length).toBeLessThan(shop.products.length);
		// Nothing that was begun was thrown away.
		expect(shop.log.select(({ status }) => status === 0)).toEqual([]);

		const finished = await crawlUntil(shop, storage);
		const rows = await storedRows<ShopRow>(storage);
		expect(finished.code).toBe(0);
		expect(rows.toSorted(bySku)).toEqual(productsOf(shop).toSorted(bySku));
		const limits = mostFetches(shop);
		const counts = shop.log.counts(({ url }) => shop.url + url);
		expect([...counts].filter(([url, count]) => count > (limits.get(url) ?? 1))).toEqual([]);
	});

	it('after five kills: nothing is lost, nothing is stored twice, only what was in flight is fetched again', async () => {
		const random = seededRandom('kill -9');
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const storage = folder.file('shop.sqlite');
		const kills = 5;
		const moments = Array.from({ length: kills }, () => between(random, 1, (REQUESTS / kills) * 0.9));
		console.log(`killed after ${moments.join(', ')} requests more`);

		for (const after of moments) {
			const killed = await crawlUntil(shop, storage, 'SIGKILL', after);
			expect(killed.signal).toBe('SIGKILL');
		}
		const finished = await crawlUntil(shop, storage);
		const rows = await storedRows<ShopRow>(storage);
		expect(finished.code).toBe(0);
		expect(rows.toSorted(bySku)).toEqual(productsOf(shop).toSorted(bySku));
		const limits = mostFetches(shop);
		const counts = shop.log.counts(({ url }) => shop.url + url);
		expect([...counts].filter(([url, count]) => count > (limits.get(url) ?? 1) + kills)).toEqual([]);
		const again = [...counts].reduce((sum, [url, count]) => sum + Math.max(0, count - (limits.get(url) ?? 1)), 0);
		console.log(`${again} fetches more than without kills`);
		// At each kill eight are in flight, and what was answered in the last milliseconds may not be committed yet.
		expect(again).toBeLessThanOrEqual(kills * (8 + 16));
	});
});

describe('the exit code', () => {
	it.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('after %s is %i', async (signal, code) => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const options = { storage: folder.file('shop.sqlite') };
		await using crawl = startProgram('crawl', JSON.stringify(options), shop.url);
		while (shop.log.requests.length < 20) await sleep(1);
		crawl.signal(signal);
		expect(await crawl.ended).toMatchObject({ code, signal: null });
	});

	it('is the same after a second Ctrl-C, which does not wait for the page in flight', async () => {
		await using server = await startServer({ '/robots.txt': { status: 404 }, '/': () => {} });
		await using folder = await temporaryFolder();
		const options = { storage: folder.file('silent.sqlite'), navigationTimeoutSecs: 600 };
		await using crawl = startProgram('crawl', JSON.stringify(options), server.url);
		while (server.log.hits('/') === 0) await sleep(1);
		crawl.signal('SIGINT');
		// Long enough to be a second one: npm passes on a Ctrl-C that the process has had from the terminal already.
		await sleep(1_500);
		expect(server.log.inFlight).toBe(1);
		crawl.signal('SIGINT');
		const ended = await crawl.ended;
		expect(ended).toMatchObject({ code: 130, signal: null });
		// A crawl that ended by itself would have said how it went.
		expect(ended.output).not.toContain('statistics');
	});
});

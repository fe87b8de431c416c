// npm run demo [-- folder]: opens the sample shop on a free port, crawls all of it, and shows what came out.
import { rm } from 'node:fs/promises';
import { log, showProgress } from '@orbweaver/core';
import { startMonitor } from '@orbweaver/monitor';
import { startShop } from '@orbweaver/testkit';
import { shopCrawler } from './shop-crawler.ts';

const folder = process.argv[2] ?? 'storage';
const STORAGE = `${folder}/demo.sqlite`;
const RESULTS = `${folder}/demo.csv`;

// A new shop each time, on a new port: what an earlier demo stored is of no use.
for (const end of ['', '-wal', '-shm']) await rm(STORAGE + end, { force: true });
await using shop = await startShop();
await using monitor = await startMonitor({ port: 0 });
console.log(`The sample shop is open at ${shop.url}, with ${shop.products.length} products. Crawling it …
Watch it while it lasts: ${monitor.pageUrl}
`);

// The shop has broken pages on purpose; they are listed at the end instead of logged one by one.
log.setLevel(log.LEVELS.OFF);
const crawler = shopCrawler({
	storage: STORAGE,
	monitor,
	userAgent: 'OrbweaverDemo/1.0 (the sample shop)',
	// The shop is on this machine: no need to give a page that fails much time.
	retry: { baseDelaySecs: 0.2 },
});
const hideProgress = showProgress(crawler);
const statistics = await crawler.run([shop.url]);
hideProgress();

const products = await crawler.exportData(RESULTS, 'csv');
const { skipped } = crawler.counts();
const failures = (await crawler.failedRequests()).map(({ error, foundOn }) => `  ${error} Linked from ${foundOn}`);
console.log(`
${statistics.requestsFinished} pages in ${(statistics.crawlerRuntimeMillis / 1_000).toFixed(1)} s, ${products.length} products.
${skipped} addresses were left alone because robots.txt says so. The shop is broken in ${failures.length} places:
${failures.join('\n')}

The first products:`);
console.table(products.slice(0, 5), ['sku', 'name', 'price', 'inStock']);
console.log(`
All of them   ${RESULTS}
The crawl     ${STORAGE}, an SQLite file: sqlite3 ${STORAGE} "SELECT status, count(*) FROM request GROUP BY status"
The code      apps/shop-catalog/src/shop-crawler.ts
A site        npm run crawl -- https://example.com/`);

// npm run screenshot: crawls three sample shops with a monitor, and makes docs/monitor.png and docs/monitor-dark.png of its
// page with the system's Chromium.
import { setTimeout as sleep } from 'node:timers/promises';
import { openChromium } from '../e2e/browser/open-chromium.ts';
import { Crawler, createRouter, LogLevel, log } from '../packages/core/src/index.ts';
import { startMonitor } from '../packages/monitor/src/index.ts';
import { startShop } from '../packages/testkit/src/index.ts';

/** Long enough for the plots to show something, and not to the end of the shops. */
const CRAWL_MS = 25_000;

log.setLevel(LogLevel.ERROR);
await using monitor = await startMonitor();
await using disposables = new AsyncDisposableStack();
const shops = await Promise.all([1, 2, 3].map((seed) => startShop({ seed })));
for (const shop of shops) disposables.use(shop);
await using browser = await openChromium({ width: 1360, height: 860, theme: 'light', scale: 1.5 });
const page = await browser.context.newPage();
await page.goto(monitor.pageUrl);

const router = createRouter();
router.addDefaultHandler(async ({ enqueueLinks }) => {
	await enqueueLinks();
});
await using crawler = new Crawler({
	name: 'three-shops',
	storage: ':memory:',
	monitor,
	requestHandler: router,
	maxRequestRetries: 2,
	domainLimits: { minTime: 80 },
});
const run = crawler.run(shops.map(({ url }) => url));
await sleep(CRAWL_MS);
for (const [theme, file] of [
	['light', 'docs/monitor.png'],
	['dark', 'docs/monitor-dark.png'],
] as const) {
	await page.emulateMedia({ colorScheme: theme });
	await sleep(1_500); // the next numbers are drawn in the new colours
	await page.screenshot({ path: file });
	console.log(file);
}
crawler.stop('The pictures are made.');
await run;

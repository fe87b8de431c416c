import { randomBytes } from 'node:crypto';
import { log } from '@orbweaver/core';
import { type ExportFormat, exportResults } from '@orbweaver/core/storage-file';
import type { Monitor } from '@orbweaver/monitor';
import { EXIT_FAILED, exitCodeOf } from '../exit-code.ts';
import { canRedraw } from '../output/terminal.ts';
import { crawlProgress } from '../progress/crawl-progress.ts';
import { RecentRate } from '../progress/recent-rate.ts';
import { NOTHING_SHOWN, type Shown, showBar, showPlain } from '../progress/show-lines.ts';
import type { OptionValues } from '../spec/option-values.ts';
import type { CrawlSettings } from './crawl-settings.ts';
import { type CrawlResult, crawlSummary } from './crawl-summary.ts';
import { siteCrawler } from './site-crawler.ts';
import { sitemapPages } from './sitemap-pages.ts';

/** How many failures a summary tells of. */
const MOST_FAILURES = 20;

/** Some sites have a broken link or two; a crawl of them went well all the same. */
const ALLOWED_FAILURES = 0.05;

/** A crawl that is to be run. */
export interface CrawlRun {
	readonly storage: string;
	readonly settings: CrawlSettings;
	/** Where to begin; empty to go on. */
	readonly urls: readonly string[];
	readonly options: OptionValues;
	readonly env: NodeJS.ProcessEnv;
}

type SiteCrawler = ReturnType<typeof siteCrawler>;

/** Crawls, shows how far it is, writes what was asked for, and answers the exit code. */
export async function runCrawl(run: CrawlRun): Promise<number> {
	const { storage, settings, options } = run;
	const [isQuiet, isJson] = [options.flag('quiet'), options.flag('json')];
	// What fails is told at the end, with the page that links to it.
	log.setLevel(options.flag('verbose') && !isJson ? log.LEVELS.DEBUG : log.LEVELS.OFF);
	await using monitor = options.flag('monitor') ? await openMonitor() : undefined;
	const crawler = siteCrawler(settings, { storage, maxPages: options.number('max-pages'), monitor });
	if (options.flag('sitemap')) await addSitemaps(crawler, run);
	if (!isQuiet) process.stderr.write(`Crawling ${settings.urls.join(', ')} into ${storage} …\n`);
	const shown = isQuiet ? NOTHING_SHOWN : showCrawl(crawler, run.env);
	const stopping = (): void => shown.say('Finishing the pages in flight; Ctrl-C again leaves at once.');
	process.once('SIGINT', stopping);
	try {
		const { headers } = settings;
		const hasHeaders = Object.keys(headers).length > 0;
		const requests = run.urls.map((url) => (hasHeaders ? { url, headers: { ...headers } } : url));
		const { requestsFinished, crawlerRuntimeMillis } = await crawler.run(requests);
		shown.close();
		const result = await resultOf(crawler, run, requestsFinished, crawlerRuntimeMillis / 1_000);
		if (isJson) process.stdout.write(`${JSON.stringify(result)}\n`);
		else if (!isQuiet) process.stdout.write(`${crawlSummary(result)}\n`);
		return result.exitCode;
	} finally {
		shown.close();
		process.off('SIGINT', stopping);
	}
}

/** Others of this machine shall not stop the crawl: whoever has the address has its token. */
async function openMonitor(): Promise<Monitor> {
	const { startMonitor } = await import('@orbweaver/monitor');
	const monitor = await startMonitor({ token: randomBytes(24).toString('base64url') });
	process.stderr.write(`Watch it at ${monitor.pageUrl}\n`);
	return monitor;
}

async function addSitemaps(crawler: SiteCrawler, { settings }: CrawlRun): Promise<void> {
	for await (const pages of sitemapPages(settings)) await crawler.addRequests(pages);
}

function showCrawl(crawler: SiteCrawler, env: NodeJS.ProcessEnv): Shown {
	const { stderr } = process;
	const rate = new RecentRate();
	const startedAt = performance.now();
	const progress = () => {
		const now = performance.now();
		const { requestsFinished, requestsFailed } = crawler.stats.state;
		return crawlProgress({
			counts: crawler.counts(),
			rate: rate.add(requestsFinished + requestsFailed, now),
			elapsedMs: now - startedAt,
		});
	};
	return canRedraw(stderr, env) ? showBar(stderr, progress) : showPlain(stderr, progress);
}

async function resultOf(crawler: SiteCrawler, run: CrawlRun, pages: number, seconds: number): Promise<CrawlResult> {
	const { storage, options, urls } = run;
	const counts = crawler.counts();
	// The crawler tells by this that a signal has ended it; what else it says is said by the summary.
	const stopCode = process.exitCode === 130 || process.exitCode === 143 ? process.exitCode : undefined;
	process.exitCode = undefined;
	const failures = await crawler.failedRequests({ limit: MOST_FAILURES });
	const forbidden: string[] = [];
	for (const url of urls) if ((await crawler.history(url))?.status === 'skipped') forbidden.push(url);
	const { itemCount: rows } = (await (await crawler.getDataset()).getInfo()) ?? { itemCount: 0 };
	const output = options.text('output');
	if (output !== undefined) {
		await exportResults(storage, output, { format: options.text('format') as ExportFormat | undefined });
	}
	const report = options.text('report');
	if (report !== undefined) await (await import('../report/write-report.ts')).writeReport(storage, report);
	const { handled, failed, skipped } = counts;
	const allowedFailures = options.number('allowed-failures') ?? ALLOWED_FAILURES;
	const code = exitCodeOf({ succeeded: handled, failed, allowedFailures, stopCode });
	const hasNothing = handled === 0 && skipped + failed > 0 && stopCode === undefined;
	return {
		exitCode: hasNothing ? EXIT_FAILED : code,
		storage,
		pages,
		seconds,
		rows,
		counts,
		failures,
		forbidden,
		...(output !== undefined && { output }),
		...(report !== undefined && { report }),
		isStopped: stopCode !== undefined,
	};
}

import { Crawler, type CrawlerContext, type CrawlMonitor, type EnqueueLinksOptions } from '@orbweaver/core';
import type { CrawlSettings } from './crawl-settings.ts';
import { parseSelection, selectRow } from './select.ts';

/** The rows that hold the facts of pages, where the rows of the crawl are selections. */
const FACTS_DATASET = 'pages';

const HTML: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

/** Of one run. */
export interface SiteCrawlerOptions {
	readonly storage: string;
	readonly maxPages: number | undefined;
	/** Where it may be watched. */
	readonly monitor: CrawlMonitor | undefined;
}

/** A crawler that writes one row for each page and follows its links as far as the settings say. */
export function siteCrawler(settings: CrawlSettings, { storage, maxPages, monitor }: SiteCrawlerOptions): Crawler {
	const { maxDepth, concurrency, perDomain, delaySecs, userAgent, ignoreRobots } = settings;
	const selections = settings.select.map(parseSelection);
	const links = linkOptions(settings);
	return new Crawler({
		storage,
		...(monitor !== undefined && { monitor }),
		respectRobotsTxtFile: !ignoreRobots,
		// Links lead to pictures and archives too, and those can be broken as well.
		additionalMimeTypes: ['*/*'],
		...(maxPages !== undefined && { maxRequestsPerCrawl: maxPages }),
		...(maxDepth !== undefined && { maxCrawlDepth: maxDepth }),
		...(concurrency !== undefined && { maxConcurrency: concurrency }),
		...(userAgent !== undefined && { userAgent }),
		domainLimits: {
			...(perDomain !== undefined && { maxConcurrent: perDomain }),
			...(delaySecs !== undefined && { minTime: delaySecs * 1_000 }),
		},
		async requestHandler(context) {
			const isHtml = HTML.has(context.contentType.type);
			const facts = factsOf(context);
			if (selections.length === 0) {
				await context.pushData(facts);
			} else {
				await context.pushData(facts, FACTS_DATASET);
				const row = isHtml ? selectRow(context.$, selections, facts.url) : undefined;
				if (row !== undefined) await context.pushData({ url: facts.url, ...row });
			}
			if (isHtml) await context.enqueueLinks(links);
		},
	});
}

function factsOf({ request, response, contentType, body }: CrawlerContext) {
	return {
		url: request.loadedUrl ?? request.url,
		status: response.statusCode,
		type: contentType.type,
		encoding: contentType.encoding,
		size: body.length,
		depth: request.crawlDepth,
		loadMs: Math.round(response.timings.totalMs),
	};
}

function linkOptions({ same, include, exclude, headers, urls }: CrawlSettings): EnqueueLinksOptions {
	const origins = new Set(urls.map((url) => new URL(url).origin));
	return {
		strategy: same === 'all' ? 'all' : `same-${same}`,
		...(include.length > 0 && { globs: [...include] }),
		...(exclude.length > 0 && { exclude: [...exclude] }),
		...(Object.keys(headers).length > 0 && {
			// They may hold a secret: nobody else gets them.
			transformRequestFunction: (request) =>
				origins.has(URL.parse(request.url)?.origin ?? '') ? { ...request, headers: { ...headers } } : request,
		}),
	};
}

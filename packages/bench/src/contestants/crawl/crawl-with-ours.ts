import { Crawler, type CrawlerOptions, log } from '@orbweaver/core';
import type { CrawlJob, CrawlTally } from './contract.ts';

/** Our crawler, written as its guide shows it, with the storage and robots setting that is to be measured. */
export async function crawlWithOurs(
	{ startUrl, concurrency }: CrawlJob,
	setting: Pick<CrawlerOptions, 'storage' | 'respectRobotsTxtFile'>,
): Promise<CrawlTally> {
	log.setLevel(log.LEVELS.OFF);
	let pages = 0;
	await using crawler = new Crawler({
		...setting,
		maxConcurrency: concurrency,
		domainLimits: { maxConcurrent: concurrency },
		async requestHandler({ request, response, enqueueLinks, pushData }) {
			if (response.statusCode === 200) pages += 1;
			await enqueueLinks();
			await pushData({ url: request.url, status: response.statusCode });
		},
	});
	await crawler.run([startUrl]);
	const dataset = await crawler.getDataset();
	return { pages, items: (await dataset.getInfo())?.itemCount ?? 0 };
}

import { crawlee } from '../../peers/crawlee.ts';
import { loadPeer } from '../../peers/peer.ts';
import type { CrawlContestant } from './contract.ts';

/** The part of Crawlee that is used here; the peer is not installed when this file is type-checked. */
interface Crawlee {
	readonly log: { setLevel(level: number): void; readonly LEVELS: { readonly OFF: number } };
	readonly Configuration: new (options: { persistStorage: boolean }) => object;
	readonly CheerioCrawler: new (options: CheerioCrawlerOptions, configuration: object) => CheerioCrawler;
}

interface CheerioCrawlerOptions {
	readonly minConcurrency: number;
	readonly maxConcurrency: number;
	readonly requestHandler: (context: CheerioCrawlingContext) => Promise<void>;
}

interface CheerioCrawlingContext {
	readonly request: { readonly url: string };
	readonly response: { readonly statusCode?: number };
	readonly enqueueLinks: () => Promise<unknown>;
	readonly pushData: (item: object) => Promise<void>;
}

interface CheerioCrawler {
	run(urls: readonly string[]): Promise<{ readonly requestsFinished: number }>;
	getDataset(): Promise<{ getInfo(): Promise<{ readonly itemCount: number } | undefined> }>;
}

const { CheerioCrawler, Configuration, log } = loadPeer<Crawlee>(crawlee);

/** Crawlee as its guide shows it, at its fastest setting: storages in memory, logs off, the concurrency fixed. */
const crawl: CrawlContestant = async ({ startUrl, concurrency }) => {
	log.setLevel(log.LEVELS.OFF);
	let pages = 0;
	const crawler = new CheerioCrawler(
		{
			minConcurrency: concurrency,
			maxConcurrency: concurrency,
			async requestHandler({ request, response, enqueueLinks, pushData }) {
				if (response.statusCode === 200) pages += 1;
				await enqueueLinks();
				await pushData({ url: request.url, status: response.statusCode });
			},
		},
		new Configuration({ persistStorage: false }),
	);
	await crawler.run([startUrl]);
	const dataset = await crawler.getDataset();
	return { pages, items: (await dataset.getInfo())?.itemCount ?? 0 };
};

export default crawl;

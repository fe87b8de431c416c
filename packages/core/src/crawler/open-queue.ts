import type { HttpClient } from '@orbweaver/http';
import type { Log } from '../crawlee.ts';
import { crawlerClient } from '../crawler-client.ts';
import { RequestQueue } from '../queue/request-queue.ts';
import type { CrawlStore } from '../store/crawl-store.ts';
import type { CrawlerOptions, ResolvedOptions } from './crawler-options.ts';
import type { OnSkippedRequest } from './enqueue-links.ts';

/** What a crawler's queue is made of. */
export interface QueueParts {
	/** As the user has given them. */
	readonly given: CrawlerOptions;
	readonly options: ResolvedOptions;
	readonly store: CrawlStore;
	readonly log: Log;
	/** robots.txt belongs to no single request, but shall not give our own address away. */
	readonly robotsProxyUrl: string | undefined;
	readonly onSkippedRequest: OnSkippedRequest;
}

/** A queue, and the clients for pages and for robots.txt: the same one without proxies. */
export interface OpenQueue {
	readonly queue: RequestQueue;
	readonly clients: readonly [HttpClient, HttpClient];
}

/** The user's own queue, or one on the store. */
export function openQueue(parts: QueueParts): OpenQueue {
	const { requestQueue, respectRobotsTxtFile, maxCrawlDelaySecs, maxActiveDomains, urlRules } = parts.given;
	const { userAgent, domainLimits, retry } = parts.options;
	const { store, log, robotsProxyUrl, onSkippedRequest } = parts;
	const client = crawlerClient({ userAgent });
	const robotsClient = robotsProxyUrl === undefined ? client : crawlerClient({ userAgent, proxy: robotsProxyUrl });
	const queue =
		requestQueue ??
		new RequestQueue({
			store,
			httpClient: robotsClient,
			domainLimits,
			retry,
			userAgent,
			log,
			onSkippedRequest,
			...(respectRobotsTxtFile !== undefined && { respectRobotsTxtFile }),
			...(maxCrawlDelaySecs !== undefined && { maxCrawlDelaySecs }),
			...(urlRules !== undefined && { urlRules }),
			...(maxActiveDomains !== undefined && { maxActiveDomains }),
		});
	return { queue, clients: [client, robotsClient] };
}

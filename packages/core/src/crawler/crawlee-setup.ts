import { type BasicCrawlerOptions, Configuration } from '../crawlee.ts';
import { storageClient } from '../storage/storage-client.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { CrawlerOptions } from './crawler-options.ts';
import { LeanEvents, memoryBudgetMbytes } from './lean-events.ts';

/** Crawlee's configuration for one crawler: storages in our file, and no look at the machine that costs. */
export function crawleeConfiguration(storage: StorageHandle): Configuration {
	const configuration = new Configuration({
		storageClient: storageClient(storage),
		memoryMbytes: memoryBudgetMbytes(),
		// A storage is gone on with, not emptied.
		purgeOnStart: false,
	});
	configuration.useEventManager(new LeanEvents(configuration));
	return configuration;
}

/** What of our options Crawlee's own crawler has to know. */
export function crawleeOptions(options: CrawlerOptions): BasicCrawlerOptions {
	const { maxConcurrency = 64, minConcurrency = 1, router, autoscaledPoolOptions } = options;
	const passed = [
		'errorHandler',
		'failedRequestHandler',
		'maxRequestRetries',
		'maxRequestsPerCrawl',
		'maxCrawlDepth',
		'maxRequestsPerMinute',
		'requestHandlerTimeoutSecs',
		'keepAlive',
		'maxSessionRotations',
		'sessionPoolOptions',
		'statusMessageLoggingInterval',
		'statusMessageCallback',
		'onSkippedRequest',
		'log',
	] as const;
	const given = Object.fromEntries(
		passed.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
	) as unknown as BasicCrawlerOptions;
	// Crawlee's types know another context; at run time it only passes ours through.
	const requestHandler = (options.requestHandler ?? router) as BasicCrawlerOptions['requestHandler'];
	return {
		...given,
		...(requestHandler !== undefined && { requestHandler }),
		useSessionPool: options.useSessionPool ?? false,
		minConcurrency,
		maxConcurrency,
		// Our lanes ask robots.txt; Crawlee's own look would fetch it again, past our limits.
		respectRobotsTxtFile: false,
		statisticsOptions: { persistenceOptions: { enable: false }, ...options.statisticsOptions },
		autoscaledPoolOptions: {
			// The queue wakes the pool; this is only the net below it. Crawlee's 0.5 s starves a queue that has to wait.
			maybeRunIntervalSecs: 0.05,
			desiredConcurrency: Math.max(minConcurrency, maxConcurrency),
			...autoscaledPoolOptions,
		},
	};
}

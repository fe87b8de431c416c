import type { BasicCrawler } from '../crawlee.ts';

/** What a page is known by. */
export interface Job {
	readonly uniqueKey: string;
	readonly retryCount: number;
}

/** What happens to pages, told to Crawlee's statistics. */
export interface PageStatistics {
	started(job: Job): void;
	finished(job: Job): void;
	willRetry(error: Error): void;
	failed(job: Job, error: Error): void;
	statusCode(status: number): void;
	/** The request was no page: it was redirected. */
	forget(job: Job): void;
}

/** Jobs are known by the unique key of their request. */
export function pageStatistics(crawler: Pick<BasicCrawler, 'stats'>): PageStatistics {
	const { stats } = crawler;
	return {
		started: ({ uniqueKey }) => stats.startJob(uniqueKey),
		finished: ({ uniqueKey, retryCount }) => stats.finishJob(uniqueKey, retryCount),
		willRetry: (error) => stats.errorTrackerRetry.add(error),
		failed: ({ uniqueKey, retryCount }, error) => {
			stats.errorTracker.add(error);
			stats.failJob(uniqueKey, retryCount);
		},
		statusCode: (status) => stats.registerStatusCode(status),
		forget: ({ uniqueKey }) => {
			// Not in the types: Crawlee follows redirects within a job and so has no job to forget.
			(stats as unknown as { requestsInProgress: Map<string, unknown> }).requestsInProgress.delete(uniqueKey);
		},
	};
}

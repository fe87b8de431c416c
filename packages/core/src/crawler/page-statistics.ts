import type { BasicCrawler } from '../crawlee.ts';
import { property } from './page-facts.ts';

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
		willRetry: (error) => stats.errorTrackerRetry.add(tracked(error)),
		failed: ({ uniqueKey, retryCount }, error) => {
			stats.errorTracker.add(tracked(error));
			stats.failJob(uniqueKey, retryCount);
		},
		statusCode: (status) => stats.registerStatusCode(status),
		forget: ({ uniqueKey }) => {
			// Not in the types: Crawlee follows redirects within a job and so has no job to forget.
			(stats as unknown as { requestsInProgress: Map<string, unknown> }).requestsInProgress.delete(uniqueKey);
		},
	};
}

/** Crawlee groups errors by what they say of themselves; a property that is none of its kind would end the run. */
function tracked(error: Error): Error {
	const { name, message, stack, cause } = error;
	const code = property(error, 'code');
	const isCode = typeof code === 'string' || typeof code === 'number';
	const copy = Object.assign(new Error(message), { name, stack, ...(isCode && { code }) });
	return cause instanceof Error ? Object.assign(copy, { cause: tracked(cause) }) : copy;
}

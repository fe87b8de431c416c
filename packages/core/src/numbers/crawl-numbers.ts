/** What a crawl is doing. */
export type CrawlStatus = 'running' | 'paused' | 'stopping' | 'finished';

/** How many values fell into which bucket, since the start of the run. */
export interface CountedBuckets {
	/** Upper bounds of the buckets, each included, rising; one more bucket takes what is above the last. */
	readonly bounds: readonly number[];
	/** One more than there are bounds. */
	readonly counts: readonly number[];
	readonly sum: number;
}

/** One domain at one moment. */
export interface DomainNumbers {
	readonly name: string;
	/** Requests in the domain's lane that wait for their turn; more of them may wait in the storage. */
	readonly waiting: number;
	readonly inFlight: number;
	/** Answers per second over the last ten seconds. */
	readonly rate: number;
	/** Requests per second that spacing and reservoir allow; null when there is neither. */
	readonly limit: number | null;
	/** Median and 95th percentile of the latest 128 times to the headers, in milliseconds; null before the first. */
	readonly p50Ms: number | null;
	readonly p95Ms: number | null;
	readonly statuses: Readonly<Record<string, number>>;
	/** Nothing is sent before this time, milliseconds since the epoch; null when it is not blocked. */
	readonly blockedUntil: number | null;
}

/** A request that was given up. */
export interface FailureNumbers {
	readonly url: string;
	readonly reason: string;
	readonly httpStatus: number | null;
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly foundOn: string | null;
}

/** The numbers of a crawl at one moment; the page and the metrics of `@orbweaver/monitor` show them. */
export interface CrawlNumbers {
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly startedAt: number;
	readonly status: CrawlStatus;
	readonly waiting: number;
	readonly delayed: number;
	readonly leased: number;
	readonly handled: number;
	readonly failed: number;
	readonly skipped: number;
	readonly redirected: number;
	/** Of this run, as are the three that follow. */
	readonly pagesFinished: number;
	readonly pagesFailed: number;
	readonly pagesRetried: number;
	/** Bytes of bodies, decompressed. */
	readonly bytes: number;
	/** Over the last ten seconds, as is the one that follows. */
	readonly pagesPerSecond: number;
	readonly bytesPerSecond: number;
	/** Time until the queue is empty, if it goes on like this and no page is found; null when that cannot be said. */
	readonly etaMs: number | null;
	/** The hundred busiest. */
	readonly domains: readonly DomainNumbers[];
	/** Answers of this run by status. */
	readonly statuses: Readonly<Record<string, number>>;
	/** The latest fifty, the newest first. */
	readonly failures: readonly FailureNumbers[];
	/** Times to the headers, in milliseconds. */
	readonly latencyMs: CountedBuckets;
	readonly sizeBytes: CountedBuckets;
}

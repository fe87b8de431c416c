/** What a crawl is doing. */
export const CRAWL_STATUSES = ['running', 'paused', 'stopping', 'finished'] as const;

export type CrawlStatus = (typeof CRAWL_STATUSES)[number];

/** The upper bounds of the buckets of {@link CrawlNumbers.latencyMs}. */
export const LATENCY_BOUNDS_MS: readonly number[] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000];

/** The upper bounds of the buckets of {@link CrawlNumbers.sizeBytes}. */
export const SIZE_BOUNDS_BYTES: readonly number[] = [
	1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
];

/** At most so many {@link CrawlNumbers.domains}. */
export const MOST_DOMAINS = 100;

/** At most so many {@link CrawlNumbers.failures}. */
export const MOST_FAILURES = 50;

/** A histogram since the start of the crawl. */
export interface Histogram {
	/** Upper bounds of the buckets, each included, rising; one more bucket takes what is above the last. */
	readonly bounds: readonly number[];
	/** How many values fell into each bucket, the ones below not counted in: one more than there are bounds. */
	readonly counts: readonly number[];
	/** The sum of all values. */
	readonly sum: number;
}

/** One domain of a crawl. */
export interface DomainNumbers {
	readonly name: string;
	/** Requests that wait for their turn. */
	readonly waiting: number;
	/** Requests that are being fetched or handled. */
	readonly inFlight: number;
	/** Requests sent per second over the last seconds. */
	readonly rate: number;
	/** Requests per second that are allowed; null for no limit. */
	readonly limit: number | null;
	/** Median time to the response, in milliseconds, of the latest responses; null before the first. */
	readonly p50Ms: number | null;
	/** 95th percentile of the same. */
	readonly p95Ms: number | null;
	/** Responses by status code, such as `{"200": 14, "404": 1}`. */
	readonly statuses: Readonly<Record<string, number>>;
	/** Nothing is sent before this time, in milliseconds since 1970; null when it is not blocked. */
	readonly blockedUntil: number | null;
}

/** A request that failed for good. */
export interface FailureNumbers {
	readonly url: string;
	readonly reason: string;
	/** Null when there was no response. */
	readonly httpStatus: number | null;
	/** Milliseconds since 1970. */
	readonly time: number;
	/** The page whose link led there; null for a seed. */
	readonly foundOn: string | null;
}

/** The numbers of a crawl at one moment. Sent about once a second; each one replaces the one before. */
export interface CrawlNumbers {
	/** When they were taken, in milliseconds since 1970. */
	readonly time: number;
	/** When this run started, in milliseconds since 1970. */
	readonly startedAt: number;
	readonly status: CrawlStatus;
	/** Requests of the queue by state, earlier runs of it included: they are due now… */
	readonly waiting: number;
	/** …due later (retry, delay)… */
	readonly delayed: number;
	/** …taken by a crawler… */
	readonly leased: number;
	/** …and over, well… */
	readonly handled: number;
	/** …or not… */
	readonly failed: number;
	/** …or not to be fetched (robots.txt, limits)… */
	readonly skipped: number;
	/** …or led to another URL. */
	readonly redirected: number;
	/** Pages that this run handled. Never falls, like the counts that follow. */
	readonly pagesFinished: number;
	/** Pages that this run gave up. */
	readonly pagesFailed: number;
	/** Tries of this run that failed and are made again. */
	readonly pagesRetried: number;
	/** Bytes of bodies that this run received. */
	readonly bytes: number;
	/** Over the last seconds. */
	readonly pagesPerSecond: number;
	/** Over the last seconds. */
	readonly bytesPerSecond: number;
	/** Time until the queue is empty, if it goes on like this and no page is found; null when that cannot be said. */
	readonly etaMs: number | null;
	/** The busiest {@link MOST_DOMAINS}. */
	readonly domains: readonly DomainNumbers[];
	/** Responses of this run by status code. */
	readonly statuses: Readonly<Record<string, number>>;
	/** The latest {@link MOST_FAILURES}, the newest first. */
	readonly failures: readonly FailureNumbers[];
	/** Times to the response, in milliseconds, within {@link LATENCY_BOUNDS_MS}. */
	readonly latencyMs: Histogram;
	/** Sizes of bodies, in bytes, within {@link SIZE_BOUNDS_BYTES}. */
	readonly sizeBytes: Histogram;
}

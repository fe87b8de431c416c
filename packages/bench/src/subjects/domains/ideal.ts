/** What the limits of many domains allow. */
export interface LimitedWork {
	readonly pagesPerDomain: number;
	readonly minTimeMs: number;
	/** How long the same crawl takes without limits: what the machine allows. */
	readonly unlimitedSeconds: number;
}

/**
 * The least time that a crawl can take in which every domain is asked at its own pace, all of them side by side: first for
 * its robots.txt, then for its pages, `minTimeMs` apart; but no less than the machine needs.
 */
export function idealSeconds({ pagesPerDomain, minTimeMs, unlimitedSeconds }: LimitedWork): number {
	return Math.max((pagesPerDomain * minTimeMs) / 1000, unlimitedSeconds);
}

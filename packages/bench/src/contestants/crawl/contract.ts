/** One crawl, the same for every contestant: follow every link to the start's host, each page once, keep one item a page. */
export interface CrawlJob {
	readonly startUrl: string;
	/** Requests in flight at a time. */
	readonly concurrency: number;
	/** An empty folder for what the contestant stores; removed afterwards. */
	readonly directory: string;
}

/** What a contestant says it has done. */
export interface CrawlTally {
	/** Pages answered with 200. */
	readonly pages: number;
	/** Items in the contestant's store at the end, asked of the store where it has one. */
	readonly items: number;
}

/** A contestant: its module's default export. Everything it needs is loaded before it is called. */
export type CrawlContestant = (job: CrawlJob) => Promise<CrawlTally>;

/** What its process answers: the tally and the time of the crawl alone, without start-up. */
export interface CrawlAnswer extends CrawlTally {
	readonly seconds: number;
}

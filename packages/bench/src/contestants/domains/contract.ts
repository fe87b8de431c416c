/** One crawl of many domains: every page of each, one item a page. */
export interface DomainsJob {
	/** The index page of each domain. */
	readonly startUrls: readonly string[];
	/** Requests in flight at a time, all domains together. */
	readonly concurrency: number;
	/** The least time between two requests to one domain, in milliseconds. */
	readonly minTimeMs: number;
	/** An empty folder for what is stored; removed afterwards. */
	readonly directory: string;
}

/** What it says it has done. */
export interface DomainsAnswer {
	readonly pages: number;
	readonly items: number;
	/** The crawl alone, without start-up. */
	readonly seconds: number;
}

/** Who takes part: with the limit, and without one for what the machine allows. */
export const domainsContestants = ['ours', 'ours-unlimited'] as const;

export type DomainsContestantName = (typeof domainsContestants)[number];

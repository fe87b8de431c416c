/** Who can take part in the crawl, in the order of the table. */
export const crawlContestants = ['ours', 'ours-memory', 'bare', 'crawlee'] as const;

/** One of them. */
export type CrawlContestantName = (typeof crawlContestants)[number];

import { join } from 'node:path';
import type { CrawlContestant } from './contract.ts';
import { crawlWithOurs } from './crawl-with-ours.ts';

/** Our crawler as it comes: requests and results in a file, safe against a kill at any moment; robots.txt obeyed. */
const crawl: CrawlContestant = async (job) =>
	crawlWithOurs(job, { storage: join(job.directory, 'crawl.sqlite'), respectRobotsTxtFile: true });

export default crawl;

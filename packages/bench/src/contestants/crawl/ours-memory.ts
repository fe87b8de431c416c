import type { CrawlContestant } from './contract.ts';
import { crawlWithOurs } from './crawl-with-ours.ts';

/** Our crawler with nothing kept and nobody asked: tells what durability and robots.txt cost. */
const crawl: CrawlContestant = async (job) => crawlWithOurs(job, { storage: ':memory:', respectRobotsTxtFile: false });

export default crawl;

import type { CrawlAnswer } from '../contestants/crawl/contract.ts';
import type { Measured } from '../measure/child-process.ts';
import type { Outcome } from '../measure/rounds.ts';
import type { Comparison } from './goals.ts';
import { countColumn, medianColumn, memoryColumn, type ResultColumn, rangeColumn } from './result-columns.ts';
import { outcomeFaults, type ResultTables, resultTables } from './result-tables.ts';

/** One crawl as measured from outside. */
export interface CrawlSample extends Measured<CrawlAnswer> {
	/** Requests that the server answered meanwhile: a witness that does not depend on the contestant. */
	readonly served: number;
}

const columns: readonly ResultColumn<CrawlSample>[] = [
	countColumn('pages', ({ answer }) => answer.pages),
	rangeColumn('pages/s', speed),
	medianColumn('crawl s', ({ answer }) => answer.seconds),
	medianColumn('process s', ({ processSeconds }) => processSeconds),
	medianColumn('CPU s', ({ cpuSeconds }) => cpuSeconds),
	medianColumn('CPU ms/page', cpuMsPerPage),
	memoryColumn('peak memory', ({ maxRssBytes }) => maxRssBytes),
];

/**
 * The table of the crawl.
 *
 * @param remarks what is worth knowing and yet nobody's fault, one line each.
 */
export function crawlTables(
	outcomes: readonly Outcome<CrawlSample>[],
	comparisons: readonly Comparison[],
	sitePages: number,
	remarks: readonly string[],
): ResultTables {
	const faults = (sample: CrawlSample): string[] => sampleFaults(sample, sitePages);
	const units = { speed: 'pages/s', cost: 'CPU/page' };
	return resultTables(outcomes, { columns, faults, speed, cost: cpuMsPerPage, units, comparisons }, remarks);
}

/** Why the figures of a contestant do not count, if they do not. */
export function crawlFaults(outcome: Outcome<CrawlSample>, sitePages: number): string[] {
	return outcomeFaults(outcome, (sample) => sampleFaults(sample, sitePages));
}

function sampleFaults({ answer: { pages, items }, served }: CrawlSample, sitePages: number): string[] {
	const faults: string[] = [];
	if (pages !== sitePages) faults.push(`fetched ${pages} pages, the site has ${sitePages}`);
	if (items !== sitePages) faults.push(`kept ${items} items, the site has ${sitePages} pages`);
	if (served < sitePages) faults.push(`the server answered only ${served} requests`);
	return faults;
}

function speed({ answer: { pages, seconds } }: CrawlSample): number {
	return pages / seconds;
}

function cpuMsPerPage({ cpuSeconds, answer: { pages } }: CrawlSample): number {
	return (cpuSeconds * 1000) / pages;
}

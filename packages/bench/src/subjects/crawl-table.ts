import type { CrawlAnswer } from '../contestants/crawl/contract.ts';
import type { Measured } from '../measure/child-process.ts';
import { formatMegabytes, formatNumber, formatSummary } from '../measure/format.ts';
import type { Outcome } from '../measure/rounds.ts';
import { median, summarise } from '../measure/statistics.ts';
import { type Column, renderTable } from '../measure/table.ts';
import { type Comparison, judge, type Verdict, verdictCells, verdictColumns } from './goals.ts';

/** One crawl as measured from outside. */
export interface CrawlSample extends Measured<CrawlAnswer> {
	/** Requests that the server answered meanwhile: a witness that does not depend on the contestant. */
	readonly served: number;
}

/** The text to print and what it is made of. */
export interface CrawlTables {
	readonly table: string;
	readonly verdicts: readonly Verdict[];
	/** What went wrong, one line each; empty if every figure can be trusted. */
	readonly faults: readonly string[];
}

const columns: readonly Column[] = [
	{ title: 'contestant' },
	{ title: 'pages', align: 'right' },
	{ title: 'pages/s (min–max)', align: 'right' },
	{ title: 'crawl s', align: 'right' },
	{ title: 'process s', align: 'right' },
	{ title: 'CPU s', align: 'right' },
	{ title: 'CPU ms/page', align: 'right' },
	{ title: 'peak memory', align: 'right' },
];

/**
 * The table of the crawl: a row for each contestant, the ratios, and what must be known before a figure is believed.
 *
 * @param remarks what is worth knowing and yet nobody's fault, one line each.
 */
export function crawlTables(
	outcomes: readonly Outcome<CrawlSample>[],
	comparisons: readonly Comparison[],
	sitePages: number,
	remarks: readonly string[],
): CrawlTables {
	// Who left something out is not compared: nothing is as fast as work not done.
	const whole = outcomes.filter((outcome) => crawlFaults(outcome, sitePages).length === 0);
	const series = new Map(
		whole.map(({ name, samples }) => [name, { speeds: samples.map(speed), costs: samples.map(cpuMsPerPage) }]),
	);
	const verdicts = judge(comparisons, series);
	const faults = outcomes.flatMap((outcome) => crawlFaults(outcome, sitePages));
	const parts = [renderTable(columns, outcomes.map(row))];
	if (verdicts.length > 0) parts.push(renderTable(verdictColumns, verdicts.map(verdictCells)));
	const lines = [...remarks, ...faults];
	if (lines.length > 0) parts.push(lines.join('\n'));
	return { table: parts.join('\n\n'), verdicts, faults };
}

/** Why the figures of a contestant do not count, if they do not. */
export function crawlFaults({ name, samples, failure }: Outcome<CrawlSample>, sitePages: number): string[] {
	if (failure !== undefined) return [`${name} failed: ${failure}`];
	return samples.flatMap(({ answer: { pages, items }, served }, index) => {
		const round = `${name}, round ${index + 1}:`;
		const faults: string[] = [];
		if (pages !== sitePages) faults.push(`${round} fetched ${pages} pages, the site has ${sitePages}`);
		if (items !== sitePages) faults.push(`${round} kept ${items} items, the site has ${sitePages} pages`);
		if (served < sitePages) faults.push(`${round} the server answered only ${served} requests`);
		return faults;
	});
}

function speed({ answer: { pages, seconds } }: CrawlSample): number {
	return pages / seconds;
}

function cpuMsPerPage({ cpuSeconds, answer: { pages } }: CrawlSample): number {
	return (cpuSeconds * 1000) / pages;
}

function row({ name, samples }: Outcome<CrawlSample>): string[] {
	if (samples.length === 0) return [name, ...columns.slice(1).map(() => '–')];
	const middle = (pick: (sample: CrawlSample) => number): number => median(samples.map(pick));
	return [
		name,
		[...new Set(samples.map(({ answer }) => answer.pages))].join(', '),
		formatSummary(summarise(samples.map(speed))),
		formatNumber(middle(({ answer }) => answer.seconds)),
		formatNumber(middle(({ processSeconds }) => processSeconds)),
		formatNumber(middle(({ cpuSeconds }) => cpuSeconds)),
		formatNumber(middle(cpuMsPerPage)),
		formatMegabytes(middle(({ maxRssBytes }) => maxRssBytes)),
	];
}

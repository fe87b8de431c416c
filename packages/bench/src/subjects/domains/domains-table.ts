import type { DomainsAnswer } from '../../contestants/domains/contract.ts';
import type { Measured } from '../../measure/child-process.ts';
import { formatNumber } from '../../measure/format.ts';
import type { Outcome } from '../../measure/rounds.ts';
import { summarise } from '../../measure/statistics.ts';
import type { DomainsServerReport } from '../../server/domains-server.ts';
import { countColumn, medianColumn, memoryColumn, type ResultColumn, rangeColumn } from '../result-columns.ts';
import { outcomeFaults, resultTables } from '../result-tables.ts';
import { idealSeconds } from './ideal.ts';

/** One crawl as measured from outside, with what the domains saw of it. */
export interface DomainsSample extends Measured<DomainsAnswer> {
	readonly seen: Omit<DomainsServerReport, 'startUrls'>;
}

/** What was to be done. */
export interface DomainsWork {
	readonly domains: number;
	readonly pagesPerDomain: number;
	readonly minTimeMs: number;
}

export interface DomainsTables {
	readonly text: string;
	readonly faults: readonly string[];
}

/** The share of the ideal rate that is to be reached. */
const GOAL = 0.9;

const columns: readonly ResultColumn<DomainsSample>[] = [
	countColumn('pages', ({ answer }) => answer.pages),
	rangeColumn('pages/s', speed),
	medianColumn('crawl s', ({ answer }) => answer.seconds),
	medianColumn('mean gap of the fastest domain, ms', ({ seen }) => seen.smallestMeanGapMs),
	medianColumn('smallest gap, ms', ({ seen }) => seen.smallestGapMs),
	medianColumn('CPU ms/page', cpuMsPerPage),
	memoryColumn('peak memory', ({ maxRssBytes }) => maxRssBytes),
];

/** The table, and below it how much of the ideal rate was reached. */
export function domainsTables(
	outcomes: readonly Outcome<DomainsSample>[],
	work: DomainsWork,
	remarks: readonly string[],
): DomainsTables {
	const rules = {
		columns,
		speed,
		cost: cpuMsPerPage,
		units: { speed: 'pages/s', cost: 'CPU/page' },
		comparisons: [],
	};
	const faultsOf = (sample: DomainsSample): string[] => workFaults(sample, work);
	const { table } = resultTables(outcomes, { ...rules, faults: faultsOf }, []);
	const faults = outcomes.flatMap((outcome) =>
		outcomeFaults(outcome, (sample) => [
			...faultsOf(sample),
			...(outcome.name === 'ours' ? paceFaults(sample, work) : []),
		]),
	);
	const lines = [...shareLine(outcomes, work, faults), ...remarks, ...faults];
	return { text: [table, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n'), faults };
}

function workFaults({ answer, seen }: DomainsSample, { domains, pagesPerDomain }: DomainsWork): string[] {
	const pages = domains * pagesPerDomain;
	const faults: string[] = [];
	if (answer.pages !== pages) faults.push(`fetched ${answer.pages} pages, there are ${pages}`);
	if (answer.items !== pages) faults.push(`kept ${answer.items} items of ${pages} pages`);
	if (seen.requests !== pages) faults.push(`the domains were asked for ${seen.requests} pages`);
	return faults;
}

/** Over its limit is a domain that was asked faster, on the whole, than its limit allows. */
function paceFaults({ seen }: DomainsSample, { minTimeMs }: DomainsWork): string[] {
	if (seen.smallestMeanGapMs >= minTimeMs) return [];
	return [`a domain was asked every ${formatNumber(seen.smallestMeanGapMs)} ms, its limit is ${minTimeMs} ms`];
}

function shareLine(
	outcomes: readonly Outcome<DomainsSample>[],
	work: DomainsWork,
	faults: readonly string[],
): string[] {
	const seconds = (name: string): readonly number[] =>
		outcomes.find((outcome) => outcome.name === name)?.samples.map(({ answer }) => answer.seconds) ?? [];
	const unlimited = seconds('ours-unlimited');
	const shares = seconds('ours').flatMap((taken, round) => {
		const unlimitedSeconds = unlimited[round];
		return unlimitedSeconds === undefined ? [] : [idealSeconds({ ...work, unlimitedSeconds }) / taken];
	});
	if (shares.length === 0 || faults.length > 0) return [];
	const { median, min, max } = summarise(shares);
	const verdict = median >= GOAL ? 'reached' : 'not reached';
	return [
		`share of the ideal rate: ${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)}), goal ≥ ${GOAL}: ${verdict}`,
	];
}

function speed({ answer: { pages, seconds } }: DomainsSample): number {
	return pages / seconds;
}

function cpuMsPerPage({ cpuSeconds, answer: { pages } }: DomainsSample): number {
	return (cpuSeconds * 1000) / pages;
}

import type { ParseAnswer } from '../contestants/parse/contract.ts';
import type { Measured } from '../measure/child-process.ts';
import { formatMegabytes, formatNumber, formatSummary } from '../measure/format.ts';
import type { Outcome } from '../measure/rounds.ts';
import { median, summarise } from '../measure/statistics.ts';
import { type Column, renderTable } from '../measure/table.ts';

const columns: readonly Column[] = [
	{ title: 'contestant' },
	{ title: 'links a page', align: 'right' },
	{ title: 'ms/page (min–max)', align: 'right' },
	{ title: 'peak memory', align: 'right' },
];

/** The table of parsing, and what must be known before a figure is believed. */
export function parseTable(
	outcomes: readonly Outcome<Measured<ParseAnswer>>[],
	pages: number,
): { table: string; faults: string[] } {
	const faults = outcomes.flatMap(({ name, samples, failure }) => {
		if (failure !== undefined) return [`${name} failed: ${failure}`];
		const short = samples.find(({ answer }) => answer.pages !== pages);
		return short === undefined ? [] : [`${name} parsed ${short.answer.pages} pages of ${pages}`];
	});
	const parts = [renderTable(columns, outcomes.map(row)), ...(faults.length === 0 ? [] : [faults.join('\n')])];
	return { table: parts.join('\n\n'), faults };
}

function row({ name, samples }: Outcome<Measured<ParseAnswer>>): string[] {
	if (samples.length === 0) return [name, ...columns.slice(1).map(() => '–')];
	return [
		name,
		formatNumber(median(samples.map(({ answer }) => answer.links / answer.pages))),
		formatSummary(summarise(samples.map(({ answer }) => answer.msPerPage))),
		formatMegabytes(median(samples.map(({ maxRssBytes }) => maxRssBytes))),
	];
}

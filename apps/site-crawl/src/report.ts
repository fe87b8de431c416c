import type { FailedRequest, StoreCounts } from '@orbweaver/core';

/** What a run came to. */
export interface RunResult {
	/** Pages of this run. */
	readonly finished: number;
	readonly took: string;
	/** All runs on this storage together. */
	readonly counts: StoreCounts;
	readonly rows: readonly unknown[];
	readonly failures: readonly FailedRequest[];
	/** Given addresses that robots.txt forbids. */
	readonly forbidden: readonly string[];
	readonly hadNothingToDo: boolean;
	readonly results: string;
}

const MOST_FAILURES = 20;

/** The result of a run for a person: what was found, what is broken, where it all is. */
export function report(run: RunResult): string {
	const { finished, took, counts, rows, failures, forbidden, hadNothingToDo, results } = run;
	const open = counts.waiting + counts.delayed + counts.leased;
	const lines = ['', `${count(finished, 'page')} in ${took}.`];
	if (hadNothingToDo) {
		lines.push('Nothing was left to do: all of it was done before. Remove the storage file to start over.');
	}
	if (open > 0) lines.push(`${count(open, 'address', 'addresses')} left; the same command goes on from here.`);
	for (const url of forbidden)
		lines.push(`${url} was not crawled: its robots.txt forbids it (--ignore-robots for a site of your own).`);
	if (counts.skipped > forbidden.length) {
		lines.push(
			`${count(counts.skipped - forbidden.length, 'link was', 'links were')} left alone because robots.txt says so.`,
		);
	}
	if (failures.length > 0) {
		lines.push('', `${count(counts.failed, 'address is', 'addresses are')} broken:`);
		for (const { url, error, foundOn } of failures.slice(0, MOST_FAILURES)) {
			lines.push(`  ${error.startsWith(url) ? error : `${url}: ${error}`}`);
			if (foundOn !== undefined) lines.push(`    linked from ${foundOn}`);
		}
		if (counts.failed > MOST_FAILURES)
			lines.push(`  … and ${counts.failed - MOST_FAILURES} more, in the table "request".`);
	}
	if (rows.length > 0) lines.push('', `One row for each of ${count(rows.length, 'page')}: ${results}`);
	return lines.join('\n');
}

/** `1 page`, `2 pages`. */
function count(number: number, one: string, many = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}

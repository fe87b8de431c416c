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
	readonly results: string;
}

const MOST_FAILURES = 20;

/** The result of a run for a person: what was found, what is broken, where it all is. */
export function report({ finished, took, counts, rows, failures, results }: RunResult): string {
	const open = counts.waiting + counts.delayed + counts.leased;
	const lines = ['', `${finished} pages in ${took}.`];
	if (finished === 0 && open === 0 && rows.length > 0) {
		lines.push('Nothing was left to do: everything was crawled before. Remove the storage file to start over.');
	}
	if (open > 0) lines.push(`${open} addresses are left; the same command goes on with them.`);
	if (counts.skipped > 0) lines.push(`${counts.skipped} addresses were left alone because robots.txt says so.`);
	if (failures.length > 0) {
		lines.push('', `${counts.failed} addresses are broken:`);
		for (const { url, error, foundOn } of failures.slice(0, MOST_FAILURES)) {
			lines.push(`  ${error.startsWith(url) ? error : `${url}: ${error}`}`);
			if (foundOn !== undefined) lines.push(`    linked from ${foundOn}`);
		}
		if (counts.failed > MOST_FAILURES)
			lines.push(`  … and ${counts.failed - MOST_FAILURES} more, in the table "request".`);
	}
	if (rows.length > 0) lines.push('', `One row for each of ${rows.length} pages: ${results}`);
	return lines.join('\n');
}

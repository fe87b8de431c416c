import type { FailedRequest, StoreCounts } from '@orbweaver/core';
import { amount, duration, share } from '../output/amounts.ts';

/** What a crawl came to; with `--json` it is shown as it is. */
export interface CrawlResult {
	readonly exitCode: number;
	readonly storage: string;
	/** Of this run. */
	readonly pages: number;
	readonly seconds: number;
	/** Of all runs on this storage, like the counts. */
	readonly rows: number;
	readonly counts: StoreCounts;
	/** The first ones. */
	readonly failures: readonly FailedRequest[];
	/** Given addresses that robots.txt forbids. */
	readonly forbidden: readonly string[];
	readonly output?: string;
	readonly report?: string;
	readonly isStopped: boolean;
}

/** The end of a run for a person: what was found, what is broken, where it all is, how to go on. */
export function crawlSummary(result: CrawlResult): string {
	const { storage, pages, seconds, counts, failures, forbidden, rows, output, report, isStopped } = result;
	const open = counts.waiting + counts.delayed + counts.leased;
	const lines = ['', `${amount(pages, 'page')} in ${duration(seconds)}.`];
	if (pages === 0 && open === 0 && counts.handled > 0) {
		lines.push(
			`Nothing was left to do: all ${amount(counts.handled, 'page')} of ${storage} are done. Remove the file to start over.`,
		);
	}
	if (isStopped) lines.push('Stopped.');
	if (open > 0) {
		lines.push(
			`${amount(open, 'address is', 'addresses are')} left; go on with: orbweaver resume --storage ${storage}`,
		);
	}
	for (const url of forbidden) {
		lines.push(`${url} was not crawled: its robots.txt forbids it ("orbweaver robots ${url}" shows the rule).`);
	}
	if (counts.skipped > forbidden.length) {
		lines.push(
			`${amount(counts.skipped - forbidden.length, 'link was', 'links were')} left alone because robots.txt says so.`,
		);
	}
	if (counts.failed > 0) {
		const failedShare = share(counts.failed, counts.failed + counts.handled);
		lines.push(
			'',
			`${amount(counts.failed, 'address', 'addresses')} failed (${failedShare}); "orbweaver retry-failed" tries them again:`,
		);
		for (const { url, error, foundOn } of failures) {
			lines.push(`  ${error.startsWith(url) ? error : `${url}: ${error}`}`);
			if (foundOn !== undefined) lines.push(`    linked from ${foundOn}`);
		}
		if (counts.failed > failures.length) lines.push(`  … and ${counts.failed - failures.length} more.`);
	}
	lines.push(
		'',
		output === undefined
			? `${amount(rows, 'row')}: orbweaver export pages.csv --storage ${storage}`
			: `${amount(rows, 'row')}: ${output}`,
	);
	if (report !== undefined) lines.push(`Report: ${report}`);
	return lines.join('\n');
}

import type { FailedRequest, StatusCount, StoreCounts } from '@orbweaver/core/storage-file';
import { amount, share } from '../output/amounts.ts';
import { byKey } from './by-key.ts';

/** What is told of a crawl. */
export interface StatusFacts {
	readonly storage: string;
	readonly counts: StoreCounts;
	readonly datasets: readonly { readonly name: string; readonly itemCount: number }[];
	readonly domains: readonly StatusCount<string>[];
	/** The first ones. */
	readonly failures: readonly FailedRequest[];
}

/** How far a crawl is, for a person. */
export function statusText({ storage, counts, datasets, domains, failures }: StatusFacts): string {
	const { waiting, delayed, leased, handled, failed, skipped, redirected } = counts;
	const open = waiting + delayed + leased;
	const done = handled + failed + skipped + redirected;
	const lines = [
		`${storage}: ${open === 0 ? 'done' : `${share(done, done + open)} of what is known is done`}`,
		'',
		`  pages       ${handled.toLocaleString('en')}`,
		`  waiting     ${waiting.toLocaleString('en')}`,
	];
	if (leased > 0) lines.push(`  in flight   ${leased.toLocaleString('en')}`);
	if (delayed > 0) lines.push(`  to retry    ${delayed.toLocaleString('en')}`);
	lines.push(`  failed      ${failed.toLocaleString('en')}`);
	if (skipped > 0) lines.push(`  skipped     ${skipped.toLocaleString('en')}`);
	if (redirected > 0) lines.push(`  redirected  ${redirected.toLocaleString('en')}`);
	for (const { name, itemCount } of datasets) lines.push(`  rows        ${itemCount.toLocaleString('en')} (${name})`);
	lines.push('', 'Domains:');
	for (const [name, all] of byKey(domains)) {
		lines.push(
			`  ${name}: ${amount(all.handled, 'page')}, ${all.waiting + all.delayed + all.leased} to go, ${all.failed} failed`,
		);
	}
	if (failures.length > 0)
		lines.push(
			'',
			'Failed, for example:',
			...failures.map(({ url, error }) => `  ${error.startsWith(url) ? error : `${url}: ${error}`}`),
		);
	return lines.join('\n');
}

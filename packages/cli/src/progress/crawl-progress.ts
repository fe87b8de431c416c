import type { StoreCounts } from '@orbweaver/core';
import { amount, duration, perSecond } from '../output/amounts.ts';
import type { Progress } from './show-lines.ts';

/** A moment of a crawl. */
export interface CrawlMoment {
	readonly counts: StoreCounts;
	/** Pages a second of late, failed ones too; undefined before that is known. */
	readonly rate: number | undefined;
	readonly elapsedMs: number;
}

/** What is shown of a crawl: how much is done and how fast, and what of the rest is in which state. */
export function crawlProgress({ counts, rate, elapsedMs }: CrawlMoment): Progress {
	const { waiting, delayed, leased, handled, failed, skipped, redirected } = counts;
	const open = waiting + delayed + leased;
	const done = handled + failed + skipped + redirected;
	const first = [amount(handled, 'page')];
	if (rate !== undefined) first.push(perSecond(rate));
	// More may be found on the way; it is what the addresses that are known by now will take.
	if (rate !== undefined && rate > 0 && open > 0) first.push(`${duration(open / rate)} left for what is known`);
	const second = [`${waiting.toLocaleString('en')} waiting`, `${leased} in flight`];
	if (delayed > 0) second.push(`${delayed} to try again`);
	second.push(`${failed.toLocaleString('en')} failed`);
	if (skipped > 0) second.push(`${skipped.toLocaleString('en')} skipped`);
	second.push(duration(elapsedMs / 1_000));
	return { part: done + open === 0 ? undefined : done / (done + open), lines: [first.join(' · '), second.join(' · ')] };
}

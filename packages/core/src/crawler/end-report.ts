import type { FinalStatistics, Log } from '../crawlee.ts';
import type { StoreCounts } from '../store/crawl-store.ts';

/** What a run leaves to be said. */
export interface EndReport {
	readonly level: 'info' | 'warning' | 'error';
	readonly message: string;
}

/** A run that has ended, and the counts before it. */
export interface EndedRun {
	readonly before: StoreCounts;
	readonly after: StoreCounts;
	readonly statistics: FinalStatistics;
	readonly storage: string;
	/** How many rows of the run did not fit their schema. */
	readonly rejected: number;
}

/** Says what is to be said. After a run that could do nothing, the process fails unless it was told otherwise. */
export function announceEnd(log: Pick<Log, 'info' | 'warning' | 'error'>, run: EndedRun): void {
	for (const report of [rejectedReport(run), endReport(run)]) {
		if (report === undefined) continue;
		log[report.level](report.message);
		if (report.level === 'error') process.exitCode ??= 1;
	}
}

/** Tells of rows that were set aside. */
export function rejectedReport({ rejected }: Pick<EndedRun, 'rejected'>): EndReport | undefined {
	if (rejected === 0) return undefined;
	const rows =
		rejected === 1 ? '1 row does not fit its schema and was' : `${rejected} rows do not fit their schema and were`;
	return { level: 'warning', message: `${rows} set aside; crawler.rejectedItems() tells why, and from which page.` };
}

/** Tells a run that had nothing to do, and one that could do nothing, from one that went well. */
export function endReport(run: EndedRun): EndReport | undefined {
	const { before, after, statistics, storage } = run;
	const failed = after.failed - before.failed;
	const skipped = after.skipped - before.skipped;
	const open = after.waiting + after.delayed + after.leased;
	// The last few pages of a crawl that went well before it was interrupted may all be bad ones.
	const isRest = before.handled > 0 && before.waiting + before.delayed + before.leased > 0;
	if (statistics.requestsFinished > 0 || isRest) return undefined;
	if (failed + skipped > 0 && open === 0) {
		const parts = [failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} forbidden by robots.txt`].filter(
			Boolean,
		);
		return {
			level: 'error',
			message: `No page could be crawled: ${parts.join(', ')}. The reasons are in the lines above.`,
		};
	}
	const done = before.handled + before.failed + before.skipped + before.redirected;
	if (open > 0 || done === 0) return undefined;
	return {
		level: 'info',
		message: `Nothing is left to do: all ${done} requests of ${storage} are done. Set resume: false to start over, or choose another storage.`,
	};
}

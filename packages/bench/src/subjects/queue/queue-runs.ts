import type { QueueContestantName } from '../../contestants/queue/names.ts';

/** A contestant with a queue of a certain size. */
export interface QueueRun {
	readonly contestant: QueueContestantName;
	readonly urls: number;
}

/** Crawlee keeps each request in memory, as an object and as JSON: 3 to 5 KB each, 3 GB and more for a million. */
const mostUrlsOfCrawlee = 100_000;

/** Who runs with which sizes, the smallest first, and a line for each that is left out. */
export function queueRuns(
	contestants: readonly QueueContestantName[],
	sizes: readonly number[],
): { runs: QueueRun[]; absences: string[] } {
	const sorted = [...new Set(sizes)].sort((a, b) => a - b);
	const all = contestants.flatMap((contestant) => sorted.map((urls): QueueRun => ({ contestant, urls })));
	const tooLarge = ({ contestant, urls }: QueueRun): boolean => contestant === 'crawlee' && urls > mostUrlsOfCrawlee;
	return {
		runs: all.filter((run) => !tooLarge(run)),
		absences: all
			.filter(tooLarge)
			.map(({ urls }) => `crawlee did not take part with ${urls} URLs: its queue is in memory, 3 to 5 KB each`),
	};
}

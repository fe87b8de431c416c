import type { StoreCounts } from '../store/crawl-store.ts';

/** What a line of progress is made of. */
export interface Progress {
	readonly counts: StoreCounts;
	/** Pages of this run: those of earlier ones do not make it faster. */
	readonly finished: number;
	readonly elapsedMs: number;
}

/** One line for a person: pages done, how fast, what waits, what went wrong. */
export function progressLine({ counts, finished, elapsedMs }: Progress): string {
	const seconds = elapsedMs / 1_000;
	const rate = seconds > 0 ? finished / seconds : 0;
	const parts = [
		`${counts.handled} ${counts.handled === 1 ? 'page' : 'pages'}`,
		`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
		`${counts.waiting + counts.leased} to go`,
	];
	if (counts.delayed > 0) parts.push(`${counts.delayed} to try again`);
	if (counts.failed > 0) parts.push(`${counts.failed} failed`);
	if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
	return `${parts.join(' · ')} · ${duration(seconds)}`;
}

/** `7 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

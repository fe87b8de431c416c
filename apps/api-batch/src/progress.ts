import cliProgress from 'cli-progress';
import type { Tally } from './tally.ts';

/** On a pipe, how often. */
const EVERY_MS = 5_000;

const { Format, SingleBar } = cliProgress;

const BAR = { barsize: 20, barCompleteString: '█'.repeat(21), barIncompleteString: '░'.repeat(21), barGlue: '' };

/** What a line of progress is made of. */
export type Progress = Pick<Tally, 'done' | 'failed' | 'total' | 'perSecond'>;

/**
 * Shows how far a run is, on standard error, until the returned function is called: a terminal gets one line that
 * changes, anything else a line now and then.
 */
export function showProgress(tally: Tally, stream: NodeJS.WriteStream = process.stderr): () => void {
	if (!stream.isTTY) {
		const timer = setInterval(() => stream.write(`${progressLine(tally)}\n`), EVERY_MS).unref();
		return () => clearInterval(timer);
	}
	const bar = new SingleBar({ stream, fps: 5, gracefulExit: false, format: () => barAndLine(tally) });
	bar.start(0, 0);
	return () => bar.stop();
}

/** `312 of 500 · 49/s · 2 failed · 4s left`. The rate and the time are those of this run, and left out while or when they say nothing. */
export function progressLine({ done, failed, total, perSecond }: Progress): string {
	const parts = [total === undefined ? `${done} done` : `${done} of ${total}`];
	const isOver = total !== undefined && done >= total;
	if (perSecond !== undefined && !isOver) {
		parts.push(`${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`);
	}
	parts.push(`${failed} failed`);
	const left = total === undefined || isOver || !perSecond ? 0 : (total - done) / perSecond;
	if (left >= 0.5) parts.push(`${duration(left)} left`);
	return parts.join(' · ');
}

/** `7s`, `3m20s`, `2h5m`. */
export function duration(seconds: number): string {
	return Format.TimeFormat(Math.round(seconds), { autopaddingChar: '' }, 1);
}

function barAndLine(tally: Tally): string {
	const { done, total } = tally;
	if (total === undefined || total === 0) return progressLine(tally);
	return `${Format.BarFormat(Math.min(1, done / total), BAR)} ${progressLine(tally)}`;
}

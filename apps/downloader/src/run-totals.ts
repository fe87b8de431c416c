import type { Outcome } from './outcome.ts';

/** What a run came to. */
export interface RunTotals {
	readonly files: number;
	/** Those that are there. */
	readonly there: number;
	/** Those of them that nothing had to be downloaded of. */
	readonly skipped: number;
	readonly failed: number;
	/** Stopped midway. */
	readonly stopped: number;
	/** Not begun. */
	readonly waiting: number;
	/** Of the files that are there. */
	readonly bytes: number;
	/** What came in this run, of files that were stopped too. */
	readonly downloadedBytes: number;
	/** What an earlier run had left of the same files. */
	readonly resumedBytes: number;
	readonly seconds: number;
	readonly bytesPerSecond: number;
}

/** Adds up what became of the files. */
export function runTotals(outcomes: readonly Outcome[], seconds: number): RunTotals {
	const there = outcomes.flatMap((outcome) => (outcome.status === 'there' ? [outcome.there] : []));
	const came = there.filter(({ skipped }) => !skipped);
	const begun = [...came, ...outcomes.flatMap((outcome) => (outcome.status === 'stopped' ? [outcome] : []))];
	const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
	const resumedBytes = sum(begun.map(({ resumedFrom }) => resumedFrom));
	const downloadedBytes = sum(begun.map(({ bytes }) => bytes)) - resumedBytes;
	const count = (status: Outcome['status']): number => outcomes.filter((outcome) => outcome.status === status).length;
	return {
		files: outcomes.length,
		there: there.length,
		skipped: there.length - came.length,
		failed: count('failed'),
		stopped: count('stopped'),
		waiting: count('waiting'),
		bytes: sum(there.map(({ bytes }) => bytes)),
		downloadedBytes,
		resumedBytes,
		seconds,
		bytesPerSecond: seconds > 0 ? downloadedBytes / seconds : 0,
	};
}

/** 0 all files are there, 1 some failed; the code of the signal when it kept some from being there. */
export function exitCode({ failed, stopped, waiting }: RunTotals, stopCode: number | undefined): number {
	if (stopCode !== undefined && stopped + waiting > 0) return stopCode;
	return failed > 0 ? 1 : 0;
}

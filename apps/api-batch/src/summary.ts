import { duration } from './progress.ts';
import type { Tally } from './tally.ts';

/** How a run ended. */
export interface EndedRun {
	readonly tally: Tally;
	readonly output: string;
	/** Whether there is a user to sign in. */
	readonly isSignedIn: boolean;
	/** Whether it broke off, because it could not go on. */
	readonly isBroken?: boolean;
	/** The exit code of the signal that ended it, if one did. */
	readonly stopCode: number | undefined;
}

/** The end of a run for a person: what succeeded, what failed, where it all is, how to go on. */
export function summary({ tally, output, isSignedIn, isBroken = false, stopCode }: EndedRun): string {
	const { finished, succeeded, failed, succeededBefore, failedBefore, failures, elapsedMs } = tally;
	const lines = [`${count(finished)} in ${duration(elapsedMs / 1_000)}: ${succeeded} succeeded, ${failed} failed.`];
	if (finished === 0 && stopCode === undefined) lines[0] = 'Nothing was left to do.';
	if (succeededBefore > 0) lines.push(`${count(succeededBefore)} had succeeded before.`);
	if (failedBefore > 0) lines.push(`${count(failedBefore)} had failed before; --retry-failed runs them again.`);
	for (const message of failures) lines.push(`  ${message}`);
	if (failed > failures.length) lines.push(`  … and ${failed - failures.length} more, in the results.`);
	if (!isSignedIn && tally.unauthorized > 0 && tally.unauthorized === finished) {
		lines.push('Every answer was 401: --user <name> signs in.');
	}
	if (stopCode !== undefined || isBroken) lines.push('Stopped before the end: the same command goes on from here.');
	lines.push(`Results: ${output}`);
	return lines.join('\n');
}

/** 0 all succeeded, 1 some failed, 130 stopped by Ctrl-C. */
export function exitCode({ tally, stopCode }: EndedRun): number {
	if (stopCode !== undefined) return stopCode;
	return tally.failed + tally.failedBefore > 0 ? 1 : 0;
}

/** `1 request`, `2 requests`. */
function count(number: number): string {
	return `${number} ${number === 1 ? 'request' : 'requests'}`;
}

import { count, duration, size, speed } from './amounts.ts';
import type { Outcome } from './outcome.ts';
import type { RunTotals } from './run-totals.ts';

/**
 * The end of a run for a person: what is there, what is not and why, and how to go on.
 *
 * @param isStopped somebody wanted it to end early.
 */
export function report(outcomes: readonly Outcome[], totals: RunTotals, isStopped: boolean): string {
	const { files, there, skipped, failed, bytes, resumedBytes, downloadedBytes, seconds, bytesPerSecond } = totals;
	const lines = [`${there} of ${count(files, 'file')} there, ${size(bytes)}.`];
	if (downloadedBytes > 0) {
		lines.push(`${size(downloadedBytes)} downloaded in ${duration(seconds)}, ${speed(bytesPerSecond)}.`);
	}
	if (resumedBytes > 0) lines.push(`${size(resumedBytes)} were left from an earlier run.`);
	if (skipped > 0) lines.push(`${count(skipped, 'file')} had been there already.`);
	if (failed > 0) lines.push(`${count(failed, 'file')} failed:`);
	for (const outcome of outcomes) {
		if (outcome.status === 'failed') lines.push(`  ${outcome.problem.replaceAll('\n', '\n  ')}`);
	}
	const kept = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.keptBytes] : []));
	const keptBytes = kept.reduce((sum, bytes) => sum + bytes, 0);
	if (keptBytes > 0) {
		const of = kept.length === 1 ? 'it' : 'them';
		lines.push(`${size(keptBytes)} of ${of} are kept: the same command goes on from there.`);
	}
	if (isStopped) lines.push(stoppedText(outcomes, totals));
	return lines.join('\n');
}

function stoppedText(outcomes: readonly Outcome[], { stopped, waiting }: RunTotals): string {
	const bytes = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'stopped' ? outcome.bytes : 0), 0);
	const parts = [
		...(stopped > 0 ? [`${count(stopped, 'file')} midway, with ${size(bytes)}`] : []),
		...(waiting > 0 ? [`${count(waiting, 'file')} not begun`] : []),
	];
	return `Stopped: ${parts.join(', ')}. The same command goes on from here.`;
}

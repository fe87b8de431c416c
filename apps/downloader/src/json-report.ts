import { shownUrl } from './entry.ts';
import type { Outcome } from './outcome.ts';
import type { RunTotals } from './run-totals.ts';

/** The end of a run for a program. */
export function jsonReport(outcomes: readonly Outcome[], totals: RunTotals, exitCode: number): string {
	return JSON.stringify({ exitCode, totals, files: outcomes.map(fileReport) }, undefined, '\t');
}

function fileReport(outcome: Outcome): object {
	const { job, status } = outcome;
	const file = { url: shownUrl(job.url), status };
	switch (status) {
		case 'there':
			return { ...file, ...outcome.there };
		case 'failed':
			return {
				...file,
				path: job.file,
				reason: outcome.reason,
				problem: outcome.problem,
				keptBytes: outcome.keptBytes,
			};
		case 'stopped':
			return { ...file, path: job.file, bytes: outcome.bytes };
		case 'waiting':
			return { ...file, path: job.file };
	}
}

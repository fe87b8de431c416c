import { basename } from 'node:path';
import { duration, size, speed } from './amounts.ts';
import type { Outcome, There } from './outcome.ts';

/** What became of a file, in one line; undefined when that is nothing to speak of. Why it failed is told at the end. */
export function outcomeLine(outcome: Outcome): string | undefined {
	const { job, status } = outcome;
	switch (status) {
		case 'there':
			return `${basename(outcome.there.path)}: ${thereText(outcome.there)}`;
		case 'failed':
			return `${job.title}: failed`;
		case 'stopped':
			return `${job.title}: stopped at ${size(outcome.bytes)}`;
		case 'waiting':
			return undefined;
	}
}

function thereText({ bytes, resumedFrom, skipped, durationMs, sha256 }: There): string {
	if (skipped) return `${size(bytes)}, was there already`;
	const took = `${size(bytes)} in ${duration(durationMs / 1_000)}, ${speed((bytes - resumedFrom) / (durationMs / 1_000))}`;
	const before = resumedFrom > 0 ? `, ${size(resumedFrom)} of it from an earlier run` : '';
	return `${took}${before}${sha256 === undefined ? '' : ', checked'}`;
}

import type { RequestHistory } from '@orbweaver/core/storage-file';
import { amount } from '../output/amounts.ts';

const STATES: Readonly<Record<RequestHistory['status'], string>> = {
	waiting: 'waits for its turn',
	delayed: 'is tried again later',
	leased: 'is being fetched',
	handled: 'done',
	failed: 'failed',
	skipped: 'left alone',
	redirected: 'leads elsewhere',
};

/** All that is known of a page, for a person. */
export function historyText(history: RequestHistory): string {
	const { url, status, httpStatus, error, loadedUrl, addedAt, finishedAt, notBefore, tries, itemCount, foundOn } =
		history;
	const { label, crawlDepth, failedAttempts } = history;
	const lines = [url, `  state     ${STATES[status]}${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}`];
	if (error !== undefined) lines.push(`  reason    ${error}`);
	if (loadedUrl !== undefined) lines.push(`  loaded    ${loadedUrl}`);
	if (label !== undefined) lines.push(`  label     ${label}`);
	lines.push(`  depth     ${crawlDepth}`, `  added     ${time(addedAt)}`);
	if (finishedAt !== undefined) lines.push(`  ended     ${time(finishedAt)}`);
	if (notBefore !== undefined) lines.push(`  not before ${time(notBefore)}`);
	lines.push(`  tries     ${tries}`, `  rows      ${amount(itemCount, 'row')}`);
	for (const attempt of failedAttempts) lines.push(`  failed    ${time(attempt.at)}: ${attempt.error}`);
	lines.push(foundOn.length === 0 ? '  It was given by hand.' : '  The way to it, backwards:');
	for (const page of foundOn) lines.push(`    ${page}`);
	return lines.join('\n');
}

function time(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

import type { DatabaseSync } from 'node:sqlite';

/** Smaller steps back are those of a clock that is kept right; nothing waits noticeably longer for them. */
const SMALLEST_STEP_MS = 1_000;

/**
 * By how much the machine's clock was set back since something was last written, in milliseconds; 0 when it was not.
 *
 * @param lastWritten when that was, by the clock of then.
 */
export function clockStepBack(lastWritten: number, now: number): number {
	const step = lastWritten - now;
	return step >= SMALLEST_STEP_MS ? step : 0;
}

/**
 * Moves the times that requests and domains wait for, and those at which locks end, by a step of the clock, so that nobody
 * waits a year because the clock was a year ahead.
 */
export function moveWaits(database: DatabaseSync, stepMs: number): void {
	database
		.prepare(`UPDATE request SET not_before = max(0, not_before - ?) WHERE status = 'delayed'`)
		.run(Math.ceil(stepMs));
	database
		.prepare('UPDATE domain SET blocked_until = max(0, blocked_until - ?) WHERE blocked_until > 0')
		.run(Math.ceil(stepMs));
	database
		.prepare('UPDATE crawlee_request SET locked_until = max(0, locked_until - ?) WHERE locked_until IS NOT NULL')
		.run(Math.ceil(stepMs));
}

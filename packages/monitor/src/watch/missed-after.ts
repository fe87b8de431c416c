import type { Missed } from '../protocol/watcher-messages.ts';

/** What the history no longer holds of what follows the cursor; undefined for nothing. */
export function missedAfter(oldest: number, cursor: number): Missed | undefined {
	const from = cursor + 1;
	const to = oldest - 1;
	return to >= from ? { type: 'missed', count: to - from + 1, from, to } : undefined;
}

import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { EntryRing } from '../history/entry-ring.ts';
import type { Missed } from '../protocol/watcher-messages.ts';

/** What a watcher is sent next. */
export interface Batch {
	/** Set when the history no longer holds what follows the cursor. */
	readonly missed: Missed | undefined;
	/** JSON of the entries that passed. */
	readonly entries: readonly string[];
	/** Everything up to here is sent or did not pass. */
	readonly last: number;
	/** Nothing is left in the history. */
	readonly live: boolean;
}

/** Small enough for a phone to take one at a time. */
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 64 * 1024;

/** How often the clock is looked at: a hard regular expression takes milliseconds for one long line. */
const LOOKS_PER_CHECK = 8;

/** The entries after `cursor` that pass, until the batch is full or `isOver` says that the time is. */
export function nextBatch(ring: EntryRing, filter: CompiledFilter, cursor: number, isOver: () => boolean): Batch {
	const missed = missedAfter(ring, cursor);
	let last = missed?.to ?? cursor;
	const entries: string[] = [];
	let characters = 0;
	for (let looks = 1; last < ring.newest; looks++) {
		const entry = ring.get(last + 1);
		if (entry === undefined) break;
		last += 1;
		if (filter.passes(entry)) {
			entries.push(entry.json);
			characters += entry.json.length;
		}
		if (entries.length === MOST_ENTRIES || characters >= MOST_CHARACTERS) break;
		if (looks % LOOKS_PER_CHECK === 0 && isOver()) break;
	}
	return { missed, entries, last, live: last >= ring.newest };
}

function missedAfter(ring: EntryRing, cursor: number): Missed | undefined {
	const from = cursor + 1;
	const to = ring.oldest - 1;
	return to >= from ? { type: 'missed', count: to - from + 1, from, to } : undefined;
}

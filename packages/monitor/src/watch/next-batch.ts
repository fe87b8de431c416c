import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { EntryRing } from '../history/entry-ring.ts';

/** What a watcher is sent next. */
export interface Batch {
	/** JSON of the entries that passed. */
	readonly entries: readonly string[];
	/** Everything up to here is sent or did not pass. */
	readonly last: number;
	/** It ended because it is full: the same place and filter will always give the same. */
	readonly isFull: boolean;
}

/** Small enough for a phone to take one at a time. */
const MOST_CHARACTERS = 64 * 1024;

/** A batch ends at ids that are multiples of this, so that watchers who fell behind one another meet again. */
const BLOCK = 256;

/** How often the clock is looked at: a hard regular expression takes milliseconds for one long line. */
const LOOKS_PER_CHECK = 8;

/** The entries after `cursor` that pass, until the batch is full or `isOver` says that the time is. */
export function nextBatch(ring: EntryRing, filter: CompiledFilter, cursor: number, isOver: () => boolean): Batch {
	const entries: string[] = [];
	let last = cursor;
	let characters = 0;
	for (let looks = 1; ; looks++) {
		const entry = ring.get(last + 1);
		if (entry === undefined) return { entries, last, isFull: false };
		last += 1;
		if (filter.passes(entry)) {
			entries.push(entry.json);
			characters += entry.json.length;
		}
		if (last % BLOCK === 0 || characters >= MOST_CHARACTERS) return { entries, last, isFull: true };
		if (looks % LOOKS_PER_CHECK === 0 && isOver()) return { entries, last, isFull: false };
	}
}

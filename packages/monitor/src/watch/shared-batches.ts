import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { EntryRing } from '../history/entry-ring.ts';
import type { Missed } from '../protocol/watcher-messages.ts';
import { nextBatch } from './next-batch.ts';

/** A batch as it is sent. */
export interface SharedBatch {
	readonly missed: Missed | undefined;
	readonly count: number;
	/** The `entries` message. */
	readonly message: Buffer;
	readonly last: number;
	readonly live: boolean;
}

/** The batches of one round: watchers with the same filter at the same place in the history are sent the same bytes. */
export class SharedBatches {
	readonly #batches = new Map<string, SharedBatch>();

	next(ring: EntryRing, filter: CompiledFilter, cursor: number, isOver: () => boolean): SharedBatch {
		const key = `${cursor} ${ring.newest} ${filter.key}`;
		const known = this.#batches.get(key);
		if (known !== undefined) return known;
		const { missed, entries, last, live } = nextBatch(ring, filter, cursor, isOver);
		const message = Buffer.from(`{"type":"entries","entries":[${entries.join(',')}],"last":${last},"live":${live}}`);
		const batch = { missed, count: entries.length, message, last, live };
		this.#batches.set(key, batch);
		return batch;
	}
}

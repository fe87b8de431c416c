import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { EntryRing } from '../history/entry-ring.ts';
import { nextBatch } from './next-batch.ts';

/** A batch as it is sent. */
export interface SharedBatch {
	readonly count: number;
	/** The `entries` message. */
	readonly message: Buffer;
	readonly last: number;
	/** Nothing newer was held. */
	readonly live: boolean;
}

/** Kept for watchers who come to the same place a little later: about 64 KiB each. */
const MOST_BATCHES = 32;

/** Watchers with the same filter at the same place in the history are sent the same bytes, which are made once. */
export class SharedBatches {
	readonly #ring: EntryRing;
	readonly #batches = new Map<string, SharedBatch>();

	constructor(ring: EntryRing) {
		this.#ring = ring;
	}

	next(filter: CompiledFilter, cursor: number, isOver: () => boolean): SharedBatch {
		const { newest } = this.#ring;
		const fullKey = `${cursor} ${filter.key}`;
		const latestKey = `${newest} ${fullKey}`;
		const known = this.#batches.get(fullKey) ?? this.#batches.get(latestKey);
		if (known !== undefined) return known;
		const { entries, last, isFull } = nextBatch(this.#ring, filter, cursor, isOver);
		const live = last >= newest;
		const message = Buffer.from(`{"type":"entries","entries":[${entries.join(',')}],"last":${last},"live":${live}}`);
		const batch = { count: entries.length, message, last, live };
		// What is live now is not once there is more; what the time has cut short goes on next time.
		if (isFull && !live) this.#keep(fullKey, batch);
		else if (live) this.#keep(latestKey, batch);
		return batch;
	}

	#keep(key: string, batch: SharedBatch): void {
		this.#batches.set(key, batch);
		const [oldest] = this.#batches.keys();
		if (this.#batches.size > MOST_BATCHES && oldest !== undefined) this.#batches.delete(oldest);
	}
}

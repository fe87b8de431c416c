import type { StoredEntry } from './stored-entry.ts';

/** The latest entries, bounded by number and by memory: the oldest make room for new ones. Ids rise by one. */
export class EntryRing {
	readonly #slots: (StoredEntry | undefined)[] = [];
	readonly #mostEntries: number;
	readonly #mostBytes: number;
	#newest = 0;
	#size = 0;
	#bytes = 0;

	constructor(mostEntries: number, mostBytes: number) {
		this.#mostEntries = mostEntries;
		this.#mostBytes = mostBytes;
	}

	/** The id of the newest entry that there ever was; 0 before the first. */
	get newest(): number {
		return this.#newest;
	}

	/** The id of the oldest entry that is held: one above `newest` when none is. */
	get oldest(): number {
		return this.#newest - this.#size + 1;
	}

	get size(): number {
		return this.#size;
	}

	get bytes(): number {
		return this.#bytes;
	}

	/** The id that the next entry must have. */
	get nextId(): number {
		return this.#newest + 1;
	}

	push(entry: StoredEntry): void {
		while (this.#size > 0 && (this.#size === this.#mostEntries || this.#bytes + entry.bytes > this.#mostBytes)) {
			this.#dropOldest();
		}
		this.#slots[entry.id % this.#mostEntries] = entry;
		this.#newest = entry.id;
		this.#size += 1;
		this.#bytes += entry.bytes;
	}

	get(id: number): StoredEntry | undefined {
		return id < this.oldest || id > this.#newest ? undefined : this.#slots[id % this.#mostEntries];
	}

	#dropOldest(): void {
		const slot = this.oldest % this.#mostEntries;
		this.#bytes -= this.#slots[slot]?.bytes ?? 0;
		this.#slots[slot] = undefined;
		this.#size -= 1;
	}
}

/** When a queue asks its sender to stop. */
export interface QueueLimits {
	readonly highWaterMarkBytes: number;
	readonly highWaterMarkMessages: number;
}

/** Told when the queue fills, when there is room again, and of each item that a reader gets. */
export interface QueueFlow<T> {
	pause(): void;
	resume(): void;
	taken?(item: T): void;
}

interface Reader<T> {
	readonly resolve: (result: IteratorResult<T, undefined>) => void;
	readonly reject: (error: Error) => void;
}

const FINISHED: { readonly done: true; readonly value: undefined } = Object.freeze({ done: true, value: undefined });

/** So many items that were read are let go together. */
const COMPACT_AT = 1_024;

/**
 * What has arrived and was not read. It is full from its high-water mark on until half of it is read, so that a sender
 * is not stopped and started for every message.
 */
export class MessageQueue<T> {
	readonly #limits: QueueLimits;
	readonly #flow: QueueFlow<T>;
	// Read from #next on, and let go all at once when that is their end: an array's shift() would copy, and an object for
	// each item cost as much as the rest of the queue.
	#items: (T | undefined)[] = [];
	#sizes: number[] = [];
	#next = 0;
	#bytes = 0;
	#full = false;
	#readers: Reader<T>[] = [];
	#end: { readonly error: Error | undefined } | undefined;

	constructor(limits: QueueLimits, flow: QueueFlow<T>) {
		this.#limits = limits;
		this.#flow = flow;
	}

	get full(): boolean {
		return this.#full;
	}

	get length(): number {
		return this.#items.length - this.#next;
	}

	push(item: T, bytes: number): void {
		if (this.#end !== undefined) return;
		const reader = this.#readers.length === 0 ? undefined : this.#readers.shift();
		if (reader !== undefined) {
			this.#flow.taken?.(item);
			reader.resolve({ done: false, value: item });
			return;
		}
		this.#items.push(item);
		this.#sizes.push(bytes);
		this.#bytes += bytes;
		const { highWaterMarkBytes, highWaterMarkMessages } = this.#limits;
		if (this.#full || (this.#bytes < highWaterMarkBytes && this.length < highWaterMarkMessages)) return;
		this.#full = true;
		this.#flow.pause();
	}

	/** The next item, as soon as there is one. After the end it is done, or rejects with the error, every time. */
	next(): Promise<IteratorResult<T, undefined>> {
		if (this.#next < this.#items.length) return Promise.resolve({ done: false, value: this.#take() });
		if (this.#end === undefined) {
			return new Promise((resolve, reject) => {
				this.#readers.push({ resolve, reject });
			});
		}
		return this.#end.error === undefined ? Promise.resolve(FINISHED) : Promise.reject(this.#end.error);
	}

	/** Nothing more comes. What is queued can still be read, then the reader is done or gets `error`. */
	end(error?: Error): void {
		if (this.#end !== undefined) return;
		this.#end = { error };
		for (const reader of this.#readers) {
			if (error === undefined) reader.resolve(FINISHED);
			else reader.reject(error);
		}
		this.#readers = [];
	}

	/** Ends at once: what is queued is dropped. */
	abandon(error?: Error): void {
		this.#items = [];
		this.#sizes = [];
		this.#next = 0;
		this.#bytes = 0;
		this.#full = false;
		this.end(error);
	}

	#take(): T {
		const at = this.#next++;
		const item = this.#items[at] as T;
		this.#bytes -= this.#sizes[at] ?? 0;
		// A reader that stays behind must not keep what it has read.
		this.#items[at] = undefined;
		if (this.#next === this.#items.length || this.#next >= COMPACT_AT) this.#compact();
		if (this.#full && this.#hasRoom()) {
			this.#full = false;
			this.#flow.resume();
		}
		this.#flow.taken?.(item);
		return item;
	}

	#compact(): void {
		this.#items.splice(0, this.#next);
		this.#sizes.splice(0, this.#next);
		this.#next = 0;
	}

	#hasRoom(): boolean {
		const { highWaterMarkBytes, highWaterMarkMessages } = this.#limits;
		return this.#bytes <= highWaterMarkBytes / 2 && this.length <= highWaterMarkMessages / 2;
	}
}

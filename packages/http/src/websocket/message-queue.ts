/** When a queue asks its sender to stop. */
export interface QueueLimits {
	readonly highWaterMarkBytes: number;
	readonly highWaterMarkMessages: number;
}

/** Told when the queue fills and when there is room again. */
export interface QueueFlow {
	pause(): void;
	resume(): void;
}

interface Entry<T> {
	readonly item: T;
	readonly bytes: number;
}

interface Reader<T> {
	readonly resolve: (result: IteratorResult<T, undefined>) => void;
	readonly reject: (error: Error) => void;
}

const FINISHED: { readonly done: true; readonly value: undefined } = Object.freeze({ done: true, value: undefined });

/**
 * What has arrived and was not read. It is full from its high-water mark on until half of it is read, so that a sender
 * is not stopped and started for every message.
 */
export class MessageQueue<T> {
	readonly #limits: QueueLimits;
	readonly #flow: QueueFlow;
	// Entries are taken from #leaving by index and come into #arriving; the two swap. An array's shift() would copy.
	#arriving: Entry<T>[] = [];
	#leaving: (Entry<T> | undefined)[] = [];
	#next = 0;
	#length = 0;
	#bytes = 0;
	#full = false;
	#readers: Reader<T>[] = [];
	#end: { readonly error: Error | undefined } | undefined;

	constructor(limits: QueueLimits, flow: QueueFlow) {
		this.#limits = limits;
		this.#flow = flow;
	}

	get full(): boolean {
		return this.#full;
	}

	get length(): number {
		return this.#length;
	}

	push(item: T, bytes: number): void {
		if (this.#end !== undefined) return;
		const reader = this.#readers.shift();
		if (reader !== undefined) {
			reader.resolve({ done: false, value: item });
			return;
		}
		this.#arriving.push({ item, bytes });
		this.#length += 1;
		this.#bytes += bytes;
		const { highWaterMarkBytes, highWaterMarkMessages } = this.#limits;
		if (this.#full || (this.#bytes < highWaterMarkBytes && this.#length < highWaterMarkMessages)) return;
		this.#full = true;
		this.#flow.pause();
	}

	/** The next item, as soon as there is one. After the end it is done, or rejects with the error, every time. */
	next(): Promise<IteratorResult<T, undefined>> {
		const entry = this.#take();
		if (entry !== undefined) return Promise.resolve({ done: false, value: entry.item });
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
		this.#arriving = [];
		this.#leaving = [];
		this.#next = 0;
		this.#length = 0;
		this.#bytes = 0;
		this.#full = false;
		this.end(error);
	}

	#take(): Entry<T> | undefined {
		if (this.#next === this.#leaving.length) {
			this.#leaving = this.#arriving;
			this.#arriving = [];
			this.#next = 0;
		}
		const entry = this.#leaving[this.#next];
		if (entry === undefined) return undefined;
		this.#leaving[this.#next] = undefined;
		this.#next += 1;
		this.#length -= 1;
		this.#bytes -= entry.bytes;
		if (this.#full && this.#hasRoom()) {
			this.#full = false;
			this.#flow.resume();
		}
		return entry;
	}

	#hasRoom(): boolean {
		const { highWaterMarkBytes, highWaterMarkMessages } = this.#limits;
		return this.#bytes <= highWaterMarkBytes / 2 && this.#length <= highWaterMarkMessages / 2;
	}
}

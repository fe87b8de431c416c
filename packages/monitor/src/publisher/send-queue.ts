/** A line that the hub may not have yet. */
interface QueuedLine {
	readonly seq: number;
	readonly json: string;
}

/** Lines of one message. */
export interface LineBatch {
	/** The number of its last line. */
	readonly seq: number;
	/** The `logs` message. */
	readonly message: string;
}

const MOST_LINES = 500;

/** Small, so that a connection that breaks again and again gets on; well below the payload that every hub takes. */
const MOST_CHARACTERS = 16 * 1024;

/** Beyond its characters, what a line takes of the memory. */
const OVERHEAD_BYTES = 100;

/**
 * Lines on their way, numbered from 1, kept until they are acknowledged. Bounded: the oldest make room for new ones, and
 * the gap in the numbers tells the hub how many were dropped.
 */
export class SendQueue {
	readonly #mostLines: number;
	readonly #mostBytes: number;
	/** Taken lines are cut off now and then, as shifting a long list costs time. */
	#lines: QueuedLine[] = [];
	#start = 0;
	#sent = 0;
	#seq = 0;
	#bytes = 0;
	#acked = 0;
	#dropped = 0;

	constructor(mostLines: number, mostBytes: number) {
		this.#mostLines = mostLines;
		this.#mostBytes = mostBytes;
	}

	/** The highest number that was acknowledged. */
	get acked(): number {
		return this.#acked;
	}

	/** Lines that were dropped before the hub said that it has them. */
	get dropped(): number {
		return this.#dropped;
	}

	get size(): number {
		return this.#lines.length - this.#start;
	}

	push(json: string): void {
		this.#seq += 1;
		this.#lines.push({ seq: this.#seq, json });
		this.#bytes += costOf(json);
		while (this.size > this.#mostLines || (this.#bytes > this.#mostBytes && this.size > 1)) {
			this.#takeFirst();
			this.#dropped += 1;
		}
	}

	/** The next lines that were not sent over this connection; undefined when there are none. */
	next(): LineBatch | undefined {
		const first = this.#lines[this.#start];
		if (first === undefined) return undefined;
		const from = this.#start + Math.max(0, this.#sent - first.seq + 1);
		const jsons: string[] = [];
		let characters = 0;
		for (let index = from; index < this.#lines.length; index++) {
			const { json } = this.#lines[index] as QueuedLine;
			if (jsons.length === MOST_LINES || (jsons.length > 0 && characters + json.length > MOST_CHARACTERS)) break;
			jsons.push(json);
			characters += json.length;
		}
		const last = this.#lines[from + jsons.length - 1];
		if (jsons.length === 0 || last === undefined) return undefined;
		this.#sent = last.seq;
		return { seq: last.seq, message: `{"type":"logs","seq":${last.seq},"entries":[${jsons.join(',')}]}` };
	}

	/** The hub has the lines up to this one. */
	ack(seq: number): void {
		this.#acked = Math.max(this.#acked, Math.min(seq, this.#seq));
		while (this.size > 0 && (this.#lines[this.#start]?.seq ?? Number.POSITIVE_INFINITY) <= seq) this.#takeFirst();
	}

	/** A new connection: what follows `seq` is sent again. */
	rewind(seq: number): void {
		this.ack(seq);
		this.#sent = this.#acked;
	}

	#takeFirst(): void {
		const line = this.#lines[this.#start];
		if (line === undefined) return;
		this.#bytes -= costOf(line.json);
		this.#start += 1;
		if (this.#start > 1_000 && this.#start * 2 > this.#lines.length) {
			this.#lines = this.#lines.slice(this.#start);
			this.#start = 0;
		}
	}
}

/** Two bytes a character at most. */
function costOf(json: string): number {
	return OVERHEAD_BYTES + json.length * 2;
}

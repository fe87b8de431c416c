/** At most `maxCalls` in any `periodMs`. */
export interface Rate {
	readonly maxCalls: number;
	readonly periodMs: number;
}

/**
 * A sliding log: of the calls of the last `periodMs` it knows every single time, so that no window of that length, however
 * it is laid, holds more than `maxCalls`. (A counter per period, or tokens that refill, lets up to twice as many through.)
 *
 * Who may go takes an entry, which counts as "now" until its true time is stamped on it. Times are milliseconds of one
 * clock that never goes back, such as `performance.now()`.
 */
export class SlidingWindow {
	readonly #maxCalls: number;
	readonly #periodMs: number;
	/** From `#head` on, the times that may still count, oldest first. */
	#times: number[] = [];
	#head = 0;
	#reserved = 0;

	constructor(rate: Rate) {
		this.#maxCalls = rate.maxCalls;
		this.#periodMs = rate.periodMs;
	}

	/** Reserves an entry. Ask `readyAt` before. */
	take(): void {
		this.#reserved += 1;
	}

	/** One of the reserved calls was made at `now`. */
	stamp(now: number): void {
		this.#reserved -= 1;
		this.add(now);
	}

	/** One of the reserved calls will not be made. */
	giveBack(): void {
		this.#reserved -= 1;
	}

	/** A call was made at `now` without an entry reserved for it: a repetition that nobody could hold back. */
	add(now: number): void {
		this.#times.push(now);
	}

	/** When the next call may be made: `now`, later, or `Infinity` while that hangs on a reserved one. */
	readyAt(now: number): number {
		this.#dropBefore(now);
		const stamped = this.#times.length - this.#head;
		const surplus = stamped + this.#reserved - this.#maxCalls;
		if (surplus < 0) return now;
		const lastToLeave = this.#times[this.#head + surplus];
		return lastToLeave === undefined ? Number.POSITIVE_INFINITY : lastToLeave + this.#periodMs;
	}

	/** When nothing of it will count any more: a window that never was says the same from then on. */
	emptyAt(): number {
		if (this.#reserved > 0) return Number.POSITIVE_INFINITY;
		const latest = this.#times.at(-1);
		return latest === undefined ? Number.NEGATIVE_INFINITY : latest + this.#periodMs;
	}

	#dropBefore(now: number): void {
		const times = this.#times;
		let head = this.#head;
		while (head < times.length && (times[head] ?? 0) + this.#periodMs <= now) head++;
		// Moving the rest to the front only when as much is dropped costs each entry one move.
		if (head > 0 && head * 2 >= times.length) {
			times.splice(0, head);
			head = 0;
		}
		this.#head = head;
	}
}

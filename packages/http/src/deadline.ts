/** The longest delay that `setTimeout` takes; a longer one would fire at once. */
const MAX_DELAY_MS = 0x7fffffff;

/**
 * One timer for a deadline that moves. Moving it later costs nothing: the timer fires at the old time, finds
 * that it is early and sleeps on. So a request pays for one or two timers, not for one per chunk of its body.
 *
 * Times are those of `performance.now()`.
 */
export class Deadline {
	readonly #onExpire: () => void;
	#at = Number.POSITIVE_INFINITY;
	#wakesAt = Number.POSITIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	constructor(onExpire: () => void) {
		this.#onExpire = onExpire;
	}

	/** Expire at `at`, instead of when it was before. */
	set(at: number, now: number): void {
		this.#at = at;
		if (at < this.#wakesAt) this.#sleep(at, now);
	}

	/** Never expire. */
	clear(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#at = Number.POSITIVE_INFINITY;
		this.#wakesAt = Number.POSITIVE_INFINITY;
	}

	#sleep(until: number, now: number): void {
		clearTimeout(this.#timer);
		this.#wakesAt = until;
		const delayMs = Math.max(1, Math.ceil(until - now));
		this.#timer = setTimeout(this.#wake, Math.min(delayMs, MAX_DELAY_MS));
	}

	readonly #wake = (): void => {
		this.#wakesAt = Number.POSITIVE_INFINITY;
		const now = performance.now();
		if (now >= this.#at) this.#onExpire();
		else if (this.#at !== Number.POSITIVE_INFINITY) this.#sleep(this.#at, now);
	};
}

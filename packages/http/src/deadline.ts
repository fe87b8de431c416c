/** The longest sleep. Short enough that most requests set one timer, of one duration, which Node keeps in one list. */
const MAX_SLEEP_MS = 1_000;

/**
 * One timer for a deadline that moves. The timer sleeps for a second at most, so moving a distant deadline costs
 * nothing: it wakes, finds that it is early and sleeps on. A request pays for one timer, not for one in each phase, and
 * a deadline below a second is still exact.
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
		if (at < this.#wakesAt) this.#sleep(now);
	}

	/** Never expire. */
	clear(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#at = Number.POSITIVE_INFINITY;
		this.#wakesAt = Number.POSITIVE_INFINITY;
	}

	#sleep(now: number): void {
		clearTimeout(this.#timer);
		const sleepMs = Math.min(Math.max(1, Math.ceil(this.#at - now)), MAX_SLEEP_MS);
		this.#wakesAt = now + sleepMs;
		this.#timer = setTimeout(this.#wake, sleepMs);
	}

	readonly #wake = (): void => {
		this.#wakesAt = Number.POSITIVE_INFINITY;
		const now = performance.now();
		if (now >= this.#at) this.#onExpire();
		else if (this.#at !== Number.POSITIVE_INFINITY) this.#sleep(now);
	};
}

/** How far a late wake-up may be made good: more would be a burst, less would lose speed to every timer that is late. */
const CATCH_UP_MS = 5;

/**
 * Spreads bytes evenly over time, whoever asks for them. It saves nothing up while nobody asks, so that in no second
 * more than `bytesPerSecond` pass, but for the last piece and half a percent.
 */
export class TokenBucket {
	readonly #bytesPerMs: number;
	readonly #now: () => number;
	#freeAt = 0;

	/** @param now a clock in milliseconds that does not go back. */
	constructor(bytesPerSecond: number, now: () => number = () => performance.now()) {
		this.#bytesPerMs = bytesPerSecond / 1_000;
		this.#now = now;
	}

	/** Takes the place of `bytes` in the queue. @returns how many milliseconds they have to wait. */
	reserve(bytes: number): number {
		const now = this.#now();
		const startsAt = Math.max(this.#freeAt, now - CATCH_UP_MS);
		this.#freeAt = startsAt + bytes / this.#bytesPerMs;
		return Math.max(0, startsAt - now);
	}
}

const SECONDS = 10;

/** How much there was per second, over the last ten seconds, or since the start when that is less. */
export class RecentRate {
	readonly #amounts = new Array<number>(SECONDS).fill(0);
	readonly #startedAt: number;
	#second: number;

	/** @param now in milliseconds, by any clock that does not go back; the same one for all calls. */
	constructor(now: number) {
		this.#startedAt = now;
		this.#second = Math.floor(now / 1_000);
	}

	add(amount: number, now: number): void {
		this.#moveTo(now);
		const slot = this.#second % SECONDS;
		this.#amounts[slot] = (this.#amounts[slot] ?? 0) + amount;
	}

	perSecond(now: number): number {
		this.#moveTo(now);
		const sum = this.#amounts.reduce((total, amount) => total + amount, 0);
		// The second that has begun counts by how much of it is over.
		const covered = SECONDS - 1 + (now / 1_000 - this.#second);
		return sum / Math.max(1, Math.min(covered, (now - this.#startedAt) / 1_000));
	}

	#moveTo(now: number): void {
		const second = Math.floor(now / 1_000);
		for (let steps = Math.min(SECONDS, second - this.#second); steps > 0; steps--) {
			this.#amounts[(second - steps + 1) % SECONDS] = 0;
		}
		this.#second = Math.max(this.#second, second);
	}
}

/** Divides a rate among the files under way, so that they never pass it together. */
export class RateShares {
	#free: number;
	#places: number;

	/** @param bytesPerSecond `Infinity` for no limit. @param places how many files there may be at once. */
	constructor(bytesPerSecond: number, places: number) {
		this.#free = bytesPerSecond;
		this.#places = places;
	}

	/**
	 * A share for one more file: an equal one for each that there is a place for.
	 *
	 * @param waiting files to come after it.
	 */
	take(waiting: number): number {
		const share = this.#free / Math.min(this.#places, waiting + 1);
		this.#places -= 1;
		if (Number.isFinite(share)) this.#free -= share;
		return share;
	}

	/** It is over: others may have its share. */
	giveBack(share: number): void {
		this.#places += 1;
		if (Number.isFinite(share)) this.#free += share;
	}
}

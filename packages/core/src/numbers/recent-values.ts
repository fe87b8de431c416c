const MOST = 128;

/** The latest 128 values. */
export class RecentValues {
	readonly #values: number[] = [];
	#next = 0;

	add(value: number): void {
		this.#values[this.#next] = value;
		this.#next = (this.#next + 1) % MOST;
	}

	/**
	 * The values that so large a share of all does not exceed (nearest rank); null when there is none.
	 *
	 * @param shares from 0 to 1, such as 0.5 for the median.
	 */
	quantiles(shares: readonly number[]): (number | null)[] {
		const sorted = this.#values.toSorted((a, b) => a - b);
		return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null);
	}
}

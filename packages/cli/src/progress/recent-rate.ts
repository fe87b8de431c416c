/** How far back the rate is measured. */
const WINDOW_MS = 10_000;

/** How many a second of late. */
export class RecentRate {
	readonly #samples: { readonly atMs: number; readonly done: number }[] = [];

	/**
	 * @param done how many there are by now.
	 * @returns how many came in a second, over the last ten seconds; undefined in the first half second.
	 */
	add(done: number, atMs: number): number | undefined {
		this.#samples.push({ atMs, done });
		while (this.#samples.length > 2 && (this.#samples[1]?.atMs ?? 0) <= atMs - WINDOW_MS) this.#samples.shift();
		const first = this.#samples[0];
		if (first === undefined || atMs - first.atMs < 500) return undefined;
		return ((done - first.done) / (atMs - first.atMs)) * 1_000;
	}
}

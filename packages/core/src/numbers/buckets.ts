import type { CountedBuckets } from './crawl-numbers.ts';

/** Counts values by size, in memory that does not grow. */
export class Buckets {
	readonly #bounds: readonly number[];
	readonly #counts: number[];
	#sum = 0;

	/** @param bounds rising, each included in its bucket. */
	constructor(bounds: readonly number[]) {
		this.#bounds = bounds;
		this.#counts = new Array<number>(bounds.length + 1).fill(0);
	}

	add(value: number): void {
		const found = this.#bounds.findIndex((bound) => value <= bound);
		const index = found === -1 ? this.#bounds.length : found;
		this.#counts[index] = (this.#counts[index] ?? 0) + 1;
		this.#sum += value;
	}

	get counted(): CountedBuckets {
		return { bounds: this.#bounds, counts: [...this.#counts], sum: this.#sum };
	}
}

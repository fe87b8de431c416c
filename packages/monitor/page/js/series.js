/** @import { CrawlNumbers } from '../../src/protocol/numbers.ts' */

/** More points are merged two by two, and from then on there are half as many, so that hours take no more memory than minutes. */
const MOST_POINTS = 1_200;

/** What is drawn, over the time that the page is open. */
export class Series {
	/** @type {number[]} */
	#times = [];
	/** @type {Map<string, (number | null)[]>} */
	#values = new Map();
	#of;
	/** Numbers that come between two points; the last point is always the latest. */
	#every = 1;
	#added = 0;

	/** @param {Readonly<Record<string, (numbers: CrawlNumbers) => number | null>>} of how each value is read. */
	constructor(of) {
		this.#of = of;
		for (const name of Object.keys(of)) this.#values.set(name, []);
	}

	/** @param {CrawlNumbers} numbers */
	add(numbers) {
		const seconds = numbers.time / 1_000;
		if (seconds <= (this.#times.at(-1) ?? 0)) return; // sent again after a reconnect
		if (this.#added++ % this.#every !== 0) this.#dropLast();
		this.#times.push(seconds);
		for (const [name, read] of Object.entries(this.#of)) this.#values.get(name)?.push(read(numbers));
		if (this.#times.length > MOST_POINTS) this.#halve();
	}

	/**
	 * Times in seconds since 1970, and the values at them.
	 *
	 * @param {string} name
	 * @returns {[number[], (number | null)[]]}
	 */
	of(name) {
		return [this.#times, this.#values.get(name) ?? []];
	}

	#dropLast() {
		this.#times.pop();
		for (const values of this.#values.values()) values.pop();
	}

	#halve() {
		this.#every *= 2;
		this.#added = 0;
		this.#times = halved(this.#times).map(Number);
		for (const [name, values] of this.#values) this.#values.set(name, halved(values));
	}
}

/**
 * Pairs become their mean; a pair of which one is unknown becomes the other.
 *
 * @param {readonly (number | null)[]} values
 * @returns {(number | null)[]}
 */
export function halved(values) {
	return Array.from({ length: Math.ceil(values.length / 2) }, (_, index) => {
		const first = values[index * 2] ?? null;
		const second = values[index * 2 + 1] ?? null;
		if (first === null || second === null) return first ?? second;
		return (first + second) / 2;
	});
}

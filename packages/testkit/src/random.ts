/**
 * A small deterministic generator: the same seeds give the same numbers on every machine.
 *
 * The sequence is mulberry32 (Tommy Ettinger's 32-bit generator, public domain); several seeds are folded into its
 * state with the finaliser of MurmurHash3. Good enough to draw sample data, useless for secrets.
 */
export class Random {
	#state: number;

	constructor(...seeds: readonly number[]) {
		this.#state = seeds.reduce((state, seed) => scramble(state ^ scramble(seed + 0x9e3779b9)), 0);
	}

	/** A number in [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
		return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `low` to `high`, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(list: readonly T[]): T {
		const item = list[Math.floor(this.next() * list.length)];
		if (item === undefined) throw new RangeError('Random.pick needs a list with at least one item');
		return item;
	}

	/** A draw from the standard normal distribution (Box and Muller, 1958). */
	normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}

	/** A shuffled copy. */
	shuffle<T>(list: readonly T[]): T[] {
		const keyed = list.map((item) => ({ item, key: this.next() }));
		return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
	}
}

function scramble(value: number): number {
	let bits = value | 0;
	bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
	return bits ^ (bits >>> 16);
}

import { randomInt } from 'node:crypto';

const SMALLEST_TABLE = 1 << 12;

/**
 * Remembers keys that are surely in the store, so that a link seen a thousand times costs the store nothing.
 *
 * Holds 64-bit fingerprints, eight bytes each, in bounded memory: two tables of at most `maxKeys`, of which the older
 * is forgotten when the newer is full. A forgotten key only costs a look into the store. Two keys share a fingerprint
 * with a chance of one in 2^64 per pair; the seed is drawn anew for each filter, so nobody can choose such keys.
 */
export class KnownUrls {
	readonly #maxKeys: number;
	readonly #seedHigh = randomInt(2 ** 32);
	readonly #seedLow = randomInt(2 ** 32);
	#recent = new FingerprintTable(SMALLEST_TABLE);
	#older: FingerprintTable | undefined;
	#high = 0;
	#low = 0;

	/** @param maxKeys how many keys each of the two tables holds; 16 bytes of memory each. Default 500,000. */
	constructor(maxKeys = 500_000) {
		this.#maxKeys = maxKeys;
	}

	/** True when `key` was added and is not forgotten. */
	has(key: string): boolean {
		this.#fingerprint(key);
		return this.#recent.has(this.#high, this.#low) || (this.#older?.has(this.#high, this.#low) ?? false);
	}

	add(key: string): void {
		if (this.#recent.size >= this.#maxKeys) {
			this.#older = this.#recent;
			this.#recent = new FingerprintTable(SMALLEST_TABLE);
		} else if (this.#recent.isCrowded) {
			this.#recent = this.#recent.grown();
		}
		this.#fingerprint(key);
		this.#recent.add(this.#high, this.#low);
	}

	clear(): void {
		this.#recent = new FingerprintTable(SMALLEST_TABLE);
		this.#older = undefined;
	}

	/** Two independent 32-bit multiply-and-rotate hashes, each mixed at the end as in MurmurHash3 (Appleby). */
	#fingerprint(key: string): void {
		let high = this.#seedHigh;
		let low = this.#seedLow;
		for (let index = 0; index < key.length; index++) {
			const code = key.charCodeAt(index);
			high = Math.imul(high ^ code, 0x9e3779b1);
			high = (high << 13) | (high >>> 19);
			low = Math.imul(low ^ code, 0x85ebca77);
			low = (low << 17) | (low >>> 15);
		}
		this.#high = mix(high ^ key.length);
		// 0,0 marks an empty place in the table.
		this.#low = mix(low + high) || 1;
	}
}

function mix(hash: number): number {
	let mixed = hash ^ (hash >>> 16);
	mixed = Math.imul(mixed, 0x85ebca6b);
	mixed ^= mixed >>> 13;
	mixed = Math.imul(mixed, 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
}

/** Open addressing over one typed array: pairs of high and low halves. */
class FingerprintTable {
	readonly #slots: Int32Array;
	readonly #mask: number;
	size = 0;

	constructor(capacity: number) {
		this.#slots = new Int32Array(capacity * 2);
		this.#mask = capacity - 1;
	}

	/** Half full: from here on, looking a key up would take ever more steps. */
	get isCrowded(): boolean {
		return this.size * 2 > this.#mask;
	}

	has(high: number, low: number): boolean {
		return this.#slots[this.#place(high, low) + 1] !== 0;
	}

	add(high: number, low: number): void {
		const place = this.#place(high, low);
		if (this.#slots[place + 1] !== 0) return;
		this.#slots[place] = high;
		this.#slots[place + 1] = low;
		this.size++;
	}

	grown(): FingerprintTable {
		const larger = new FingerprintTable((this.#mask + 1) * 2);
		for (let place = 0; place < this.#slots.length; place += 2) {
			const low = this.#slots[place + 1] as number;
			if (low !== 0) larger.add(this.#slots[place] as number, low);
		}
		return larger;
	}

	/** Where the fingerprint is, or where it would go. */
	#place(high: number, low: number): number {
		let slot = (high ^ low) & this.#mask;
		for (;;) {
			const place = slot * 2;
			const found = this.#slots[place + 1];
			if (found === 0 || (found === low && this.#slots[place] === high)) return place;
			slot = (slot + 1) & this.#mask;
		}
	}
}

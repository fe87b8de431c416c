import { hash } from 'node:crypto';

/** What is known of an id. */
export const FAILED = 1;
/** See {@link FAILED}. */
export const SUCCEEDED = 2;
/** It stands in the part of the input that was read. */
export const SEEN = 4;

const SMALLEST_TABLE = 1 << 10;

/**
 * Marks ids, in nine bytes for each place of a table that is at most three quarters full: 24 bytes an id at the worst.
 * An id is known by 64 bits of its SHA-256. That two of ten million share them has a chance of one in 370,000.
 */
export class IdTable {
	#halves = new Uint32Array(SMALLEST_TABLE * 2);
	/** 0 for a free place. */
	#marks = new Uint8Array(SMALLEST_TABLE);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	/** The marks of an id; 0 when it has none. */
	get(id: string): number {
		const [high, low] = fingerprint(id);
		return this.#marks[this.#placeOf(high, low)] ?? 0;
	}

	/** Adds marks to those that an id has. */
	add(id: string, marks: number): void {
		const [high, low] = fingerprint(id);
		const place = this.#placeOf(high, low);
		const before = this.#marks[place] ?? 0;
		this.#put(place, high, low, before | marks);
		if (before !== 0) return;
		this.#size += 1;
		if (this.#size * 4 > this.#marks.length * 3) this.#grow();
	}

	/** Where it is, or where it would be. */
	#placeOf(high: number, low: number): number {
		const mask = this.#marks.length - 1;
		let place = low & mask;
		while (this.#marks[place] !== 0 && (this.#halves[2 * place] !== high || this.#halves[2 * place + 1] !== low)) {
			place = (place + 1) & mask;
		}
		return place;
	}

	#put(place: number, high: number, low: number, marks: number): void {
		this.#halves[2 * place] = high;
		this.#halves[2 * place + 1] = low;
		this.#marks[place] = marks;
	}

	#grow(): void {
		const halves = this.#halves;
		const marks = this.#marks;
		this.#halves = new Uint32Array(halves.length * 2);
		this.#marks = new Uint8Array(marks.length * 2);
		for (const [place, mark] of marks.entries()) {
			if (mark === 0) continue;
			const high = halves[2 * place] ?? 0;
			const low = halves[2 * place + 1] ?? 0;
			this.#put(this.#placeOf(high, low), high, low, mark);
		}
	}
}

function fingerprint(id: string): readonly [high: number, low: number] {
	const digest = hash('sha256', id, 'buffer');
	return [digest.readUInt32BE(0), digest.readUInt32BE(4)];
}

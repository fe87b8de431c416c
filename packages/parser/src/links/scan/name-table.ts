import { continuesWith } from './characters.ts';

const LENGTHS = 16;
const LETTERS = 32;

/**
 * What is known of certain tag names. Looked up in the text of the page itself, by first letter and length, since a
 * string cut out for every tag would cost more than all the rest of the scan.
 */
export class NameTable<T> {
	readonly #slots: readonly { readonly name: string; readonly value: T }[][];

	/** @param values By name in lower case, of fewer than 16 letters. */
	constructor(values: Readonly<Record<string, T>>) {
		this.#slots = Array.from({ length: LETTERS * LENGTHS }, () => []);
		for (const [name, value] of Object.entries(values)) {
			this.#slots[slot(name.charCodeAt(0), name.length)]?.push({ name, value });
		}
	}

	/** What is known of the name that spans from `start`, which holds a letter, to `end`. */
	find(html: string, start: number, end: number): T | undefined {
		if (end - start >= LENGTHS) return undefined;
		const candidates = this.#slots[slot(html.charCodeAt(start), end - start)];
		if (candidates === undefined) return undefined;
		for (let index = 0; index < candidates.length; index++) {
			const candidate = candidates[index];
			if (candidate !== undefined && continuesWith(html, start, candidate.name)) return candidate.value;
		}
		return undefined;
	}
}

function slot(firstLetter: number, length: number): number {
	return (firstLetter & (LETTERS - 1)) * LENGTHS + length;
}

/**
 * Finds the next of a certain text, again and again as a scan moves forward, and searches each part of the page once
 * only. With `indexOf` alone a page of unclosed comments would be searched to its end for each of them.
 */
export class NextOccurrence {
	readonly #html: string;
	readonly #text: string;
	#searchedFrom = Number.POSITIVE_INFINITY;
	#found = -1;

	constructor(html: string, text: string) {
		this.#html = html;
		this.#text = text;
	}

	/** Where the text next begins, at `from` or later; the length of the page for nowhere. */
	find(from: number): number {
		const stillNext = from >= this.#searchedFrom && (this.#found === -1 || this.#found >= from);
		if (!stillNext) {
			this.#found = this.#html.indexOf(this.#text, from);
			this.#searchedFrom = from;
		}
		return this.#found === -1 ? this.#html.length : this.#found;
	}
}

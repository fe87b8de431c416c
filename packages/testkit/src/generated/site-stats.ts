import { createHash } from 'node:crypto';

/** What a generated site weighs. Sizes are in bytes; links are the `<a href>` of a page, repeated ones included. */
export interface GeneratedSiteStats {
	/** Documents. */
	readonly pages: number;
	/** Distinct URLs: the documents and their print views. */
	readonly urls: number;
	readonly bytes: number;
	readonly medianBytes: number;
	readonly meanBytes: number;
	readonly largestBytes: number;
	readonly links: number;
	readonly medianLinks: number;
	readonly meanLinks: number;
	/** SHA-256 of all documents one after another, in hexadecimal. */
	readonly sha256: string;
}

/** Adds up a site page by page. */
export class SiteStats {
	readonly #hash = createHash('sha256');
	readonly #sizes: number[] = [];
	readonly #links: number[] = [];

	add(html: Uint8Array, links: number): void {
		this.#hash.update(html);
		this.#sizes.push(html.byteLength);
		this.#links.push(links);
	}

	/** The result; call it once, when all pages are in. */
	finish(urls: number): GeneratedSiteStats {
		const bytes = sum(this.#sizes);
		const links = sum(this.#links);
		const pages = this.#sizes.length;
		return {
			pages,
			urls,
			bytes,
			medianBytes: median(this.#sizes),
			meanBytes: Math.round(bytes / pages),
			largestBytes: this.#sizes.reduce((a, b) => Math.max(a, b), 0),
			links,
			medianLinks: median(this.#links),
			meanLinks: Math.round(links / pages),
			sha256: this.#hash.digest('hex'),
		};
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((a, b) => a + b, 0);
}

function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

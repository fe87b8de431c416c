import { readAttributeValue } from './attribute-value.ts';
import type { TagReader } from './tag-reader.ts';

/** What a page says about where it links to, not yet resolved. */
export interface ScannedLinks {
	/** The `href` of every `<a>` and `<area>` in document order. */
	readonly hrefs: string[];
	/** The `href` of the first `<base>` that has one. */
	baseHref: string | undefined;
}

/** Takes down the links of the tags that a reader has just read. */
export class LinkCollector {
	readonly #html: string;
	readonly #reader: TagReader;
	readonly found: ScannedLinks = { hrefs: [], baseHref: undefined };

	constructor(html: string, reader: TagReader) {
		this.#html = html;
		this.#reader = reader;
	}

	addLink(): void {
		const { hrefStart, hrefEnd } = this.#reader;
		if (hrefStart !== -1) this.#add(hrefStart, hrefEnd);
	}

	/** In SVG and MathML `xlink:href` is a `href` too; of the two, the later one stays, as in cheerio's tree. */
	addForeignLink(): void {
		const { hrefStart, xlinkStart, xlinkEnd } = this.#reader;
		if (xlinkStart > hrefStart) this.#add(xlinkStart, xlinkEnd);
		else this.addLink();
	}

	addBase(): void {
		const { hrefStart, hrefEnd } = this.#reader;
		if (hrefStart === -1) return;
		this.found.baseHref ??= readAttributeValue(this.#html.slice(hrefStart, hrefEnd));
	}

	#add(start: number, end: number): void {
		this.found.hrefs.push(readAttributeValue(this.#html.slice(start, end)));
	}
}

import { NextOccurrence } from './next-occurrence.ts';

const CDATA_START = '[CDATA[';

/**
 * Finds where comments end.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#markup-declaration-open-state
 */
export class CommentReader {
	readonly #html: string;
	readonly #end: NextOccurrence;
	/** The other, rare way to end a comment. */
	readonly #bangEnd: NextOccurrence;

	/** @param commentEnd Finds `-->` in the same page. */
	constructor(html: string, commentEnd: NextOccurrence) {
		this.#html = html;
		this.#end = commentEnd;
		this.#bangEnd = new NextOccurrence(html, '--!>');
	}

	/**
	 * @param start Where `<!` begins.
	 * @param allowsCdata Whether the markup stands in SVG or MathML, the only places with CDATA sections.
	 * @returns Where the text after the comment, doctype or CDATA section begins; past the page if it is unclosed.
	 */
	readDeclaration(start: number, allowsCdata: boolean): number {
		const html = this.#html;
		const content = start + 2;
		if (html.startsWith('--', content)) {
			// `<!-->` and `<!--->` are whole comments, so the opening dashes may serve as closing ones.
			return Math.min(this.#end.find(content) + 3, this.#bangEnd.find(content + 2) + 4);
		}
		if (allowsCdata && html.startsWith(CDATA_START, content)) {
			const end = html.indexOf(']]>', content + CDATA_START.length);
			return end === -1 ? html.length : end + 3;
		}
		return readBogusComment(html, content);
	}
}

/**
 * Reads what is a comment by mistake, such as `<?php … ?>` or `</3>`: it ends at the first `>`. So does a doctype,
 * even within its quotes.
 */
export function readBogusComment(html: string, start: number): number {
	const end = html.indexOf('>', start);
	return end === -1 ? html.length : end + 1;
}

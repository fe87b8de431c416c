import { continuesWith, endsTagName, SLASH } from './characters.ts';
import { NextOccurrence } from './next-occurrence.ts';

const SCRIPT = 'script';

/**
 * Finds the end tag of an element whose content is text, not markup (`<style>`, `<title>`, `<textarea>`…).
 *
 * @param name The element's name in lower case.
 * @returns Where the end tag's `<` stands, or the end of the page: unclosed, the text swallows the rest.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state
 */
export function findRawTextEnd(html: string, from: number, name: string): number {
	for (let open = html.indexOf('</', from); open !== -1; open = html.indexOf('</', open + 2)) {
		if (isTagAt(html, open + 2, name)) return open;
	}
	return html.length;
}

/**
 * Finds the ends of scripts. Within `<!-- … -->` a script may hold a whole `<script>…</script>` as text, a courtesy
 * to the pages of 1996 that every parser still pays.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#script-data-state
 */
export class ScriptReader {
	readonly #html: string;
	readonly #endTag: NextOccurrence;
	readonly #commentStart: NextOccurrence;
	readonly #commentEnd: NextOccurrence;

	/** @param commentEnd Finds `-->` in the same page. */
	constructor(html: string, commentEnd: NextOccurrence) {
		this.#html = html;
		this.#endTag = new NextOccurrence(html, '</');
		this.#commentStart = new NextOccurrence(html, '<!--');
		this.#commentEnd = commentEnd;
	}

	/** @returns Where the `<` of the end tag stands for the script whose text begins at `from`; or the end of the page. */
	findEnd(from: number): number {
		const html = this.#html;
		let position = from;
		for (;;) {
			const end = this.#endTag.find(position);
			const comment = this.#commentStart.find(position);
			if (comment < end) {
				// The dashes of `<!-->` both open and close.
				const commentEnd = this.#commentEnd.find(comment + 2);
				const endWithin = this.#findEndInComment(comment + 4, commentEnd);
				if (endWithin !== -1) return endWithin;
				position = commentEnd;
			} else if (end === html.length || isTagAt(html, end + 2, SCRIPT)) {
				return end;
			} else {
				position = end + 2;
			}
		}
	}

	/** @returns -1 when the comment ends first. */
	#findEndInComment(from: number, commentEnd: number): number {
		const html = this.#html;
		let inInnerScript = false;
		for (let open = html.indexOf('<', from); open !== -1; open = html.indexOf('<', open + 1)) {
			if (open > commentEnd) return -1;
			if (html.charCodeAt(open + 1) !== SLASH) {
				inInnerScript ||= isTagAt(html, open + 1, SCRIPT);
			} else if (isTagAt(html, open + 2, SCRIPT)) {
				if (!inInnerScript) return open;
				inInnerScript = false;
			}
		}
		return -1;
	}
}

function isTagAt(html: string, position: number, name: string): boolean {
	return continuesWith(html, position, name) && endsTagName(html.charCodeAt(position + name.length));
}

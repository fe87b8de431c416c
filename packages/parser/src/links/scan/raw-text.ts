import { continuesWith, endsTagName, SLASH } from './characters.ts';
import type { NextOccurrence } from './next-occurrence.ts';

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
 * Finds the end tag of a script. Within `<!-- … -->` a script may hold a whole `<script>…</script>` as text, a
 * courtesy to the pages of 1996 that every parser still pays.
 *
 * @param commentEnd Finds `-->` in the same page.
 * @returns Where the end tag's `<` stands, or the end of the page.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#script-data-state
 */
export function findScriptEnd(html: string, from: number, commentEnd: NextOccurrence): number {
	let escaped = false;
	let doubleEscaped = false;
	/** The next `-->`, which leaves the escape. */
	let escapeEnd = -1;

	let position = from;
	for (;;) {
		const open = html.indexOf('<', position);
		if (open === -1) return html.length;
		if (escaped && escapeEnd < open) {
			escaped = false;
			doubleEscaped = false;
		}

		position = open + 1;
		if (html.charCodeAt(position) === SLASH) {
			if (!isTagAt(html, open + 2, 'script')) continue;
			if (!doubleEscaped) return open;
			doubleEscaped = false;
		} else if (escaped) {
			if (isTagAt(html, position, 'script')) doubleEscaped = true;
		} else if (html.startsWith('!--', position)) {
			escaped = true;
			// The dashes of `<!-->` both open and close.
			escapeEnd = commentEnd.find(open + 2);
		}
	}
}

function isTagAt(html: string, position: number, name: string): boolean {
	return continuesWith(html, position, name) && endsTagName(html.charCodeAt(position + name.length));
}

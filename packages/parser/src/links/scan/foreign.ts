import type { ForeignContext } from './context.ts';
import { NameTable } from './name-table.ts';

/** What a start tag within SVG or MathML means for the scanner, if anything. */
export type InForeign =
	/** An HTML tag that ends the foreign content wherever it is met. */
	| 'leave'
	/** Holds HTML, if it is an element of SVG. */
	| 'svg-html'
	/** Holds HTML, if it is an element of MathML. */
	| 'math-html'
	/** Its meaning lies in its attributes. */
	| 'unclear';

const LEAVING_NAMES =
	'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta ' +
	'nobr ol p pre ruby s small span strong strike sub sup table tt u ul var';

const names = new NameTable<InForeign>({
	...Object.fromEntries(LEAVING_NAMES.split(' ').map((name) => [name, 'leave'] as const)),
	...{ desc: 'svg-html', foreignobject: 'svg-html', title: 'svg-html' },
	...{ mi: 'math-html', mn: 'math-html', mo: 'math-html', ms: 'math-html', mtext: 'math-html' },
	...{ font: 'unclear', 'annotation-xml': 'unclear' },
});

/**
 * Looks up the name that spans from `start` to `end`.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
 */
export function meaningInForeign(html: string, start: number, end: number): InForeign | undefined {
	return names.find(html, start, end);
}

/** Opens a foreign element. */
export function foreignContext(
	name: string,
	language: ForeignContext['language'],
	meaning?: InForeign,
): ForeignContext {
	return { kind: 'foreign', name, language, holdsHtml: meaning === `${language}-html` };
}

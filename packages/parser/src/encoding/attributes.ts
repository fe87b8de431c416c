/** One attribute found by {@link readAttribute}. */
export interface ScannedAttribute {
	/** In ASCII lower case. */
	readonly name: string;
	/** In ASCII lower case; empty when there is none. */
	readonly value: string;
	/** Where the next read starts. */
	readonly end: number;
}

const SPACE = /[\t\n\f\r ]/;

/** Is this character ASCII whitespace as HTML defines it? */
export function isSpace(char: string | undefined): boolean {
	return char !== undefined && char !== '' && SPACE.test(char);
}

/**
 * Reads one attribute of a tag that starts at `from`. Answers the position alone when the tag has no further
 * attribute, and `undefined` when the text ends first, which ends the whole prescan.
 *
 * Source: WHATWG HTML, "get an attribute" (of the encoding prescan, not of the tokeniser).
 */
export function readAttribute(text: string, from: number): ScannedAttribute | number | undefined {
	let at = skip(text, from, /[\t\n\f\r /]/);
	if (at >= text.length) return undefined;
	if (text[at] === '>') return at;

	const nameStart = at;
	// An "=" in first place belongs to the name.
	if (text[at] === '=') at++;
	at = skip(text, at, /[^\t\n\f\r />=]/);
	if (at >= text.length) return undefined;
	const name = asciiLower(text.slice(nameStart, at));

	at = skip(text, at, SPACE);
	if (at >= text.length) return undefined;
	if (text[at] !== '=') return { name, value: '', end: at };

	at = skip(text, at + 1, SPACE);
	if (at >= text.length) return undefined;
	const quote = text[at];
	if (quote === '"' || quote === "'") {
		const close = text.indexOf(quote, at + 1);
		return close === -1 ? undefined : { name, value: asciiLower(text.slice(at + 1, close)), end: close + 1 };
	}
	const valueStart = at;
	at = skip(text, at, /[^\t\n\f\r >]/);
	return at >= text.length ? undefined : { name, value: asciiLower(text.slice(valueStart, at)), end: at };
}

function skip(text: string, from: number, what: RegExp): number {
	let at = from;
	while (at < text.length && what.test(text.charAt(at))) at++;
	return at;
}

/** The text holds one byte a character, where a full lower-casing would also change the bytes of À–Þ. */
function asciiLower(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

import { isSpace } from './scan/characters.ts';

const COMMA = 0x2c;
const OPENING_PARENTHESIS = 0x28;
const CLOSING_PARENTHESIS = 0x29;

/**
 * The URLs of a `srcset`, in order. Descriptors are skipped, not judged: a crawler may want what a browser would not
 * pick.
 *
 * @see https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
 */
export function parseSrcset(srcset: string): string[] {
	const urls: string[] = [];
	let position = 0;
	for (;;) {
		while (isSpace(srcset.charCodeAt(position)) || srcset.charCodeAt(position) === COMMA) position++;
		if (position >= srcset.length) return urls;

		const start = position;
		while (position < srcset.length && !isSpace(srcset.charCodeAt(position))) position++;
		let end = position;
		while (srcset.charCodeAt(end - 1) === COMMA) end--;
		urls.push(srcset.slice(start, end));
		// A comma right after the URL says that no descriptors follow.
		if (end === position) position = skipDescriptors(srcset, position);
	}
}

/** Finds the next comma that is not within parentheses. */
function skipDescriptors(srcset: string, from: number): number {
	let inParentheses = false;
	for (let position = from; position < srcset.length; position++) {
		const code = srcset.charCodeAt(position);
		if (code === OPENING_PARENTHESIS) inParentheses = true;
		else if (code === CLOSING_PARENTHESIS) inParentheses = false;
		else if (code === COMMA && !inParentheses) return position;
	}
	return srcset.length;
}

/** Code units the HTML tokenizer decides on. */
const TAB = 0x09;
const LINE_FEED = 0x0a;
const FORM_FEED = 0x0c;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
export const EXCLAMATION_MARK = 0x21;
export const QUOTATION_MARK = 0x22;
export const APOSTROPHE = 0x27;
export const SLASH = 0x2f;
export const EQUALS_SIGN = 0x3d;
export const GREATER_THAN = 0x3e;
export const QUESTION_MARK = 0x3f;

/** Whether the code unit separates attributes. A carriage return does, since the parser reads it as a line feed. */
export function isSpace(code: number): boolean {
	if (code > SPACE) return false;
	return code === SPACE || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN || code === FORM_FEED;
}

/** Whether the code unit is an ASCII letter, the only way a tag name can begin. */
export function isLetter(code: number): boolean {
	const lower = code | 0x20;
	return lower >= 0x61 && lower <= 0x7a;
}

/** Whether the code unit ends a tag name. */
export function endsTagName(code: number): boolean {
	if (code > GREATER_THAN) return false;
	return code === GREATER_THAN || code === SLASH || isSpace(code);
}

/** Whether `html` continues with `lowercase` at `position`, ASCII letters compared without case. */
export function continuesWith(html: string, position: number, lowercase: string): boolean {
	for (let index = 0; index < lowercase.length; index++) {
		const expected = lowercase.charCodeAt(index);
		const code = html.charCodeAt(position + index);
		if (code !== expected && (!isLetter(expected) || (code | 0x20) !== expected)) return false;
	}
	return true;
}

/** Lower-cases ASCII letters only: to the parser the Kelvin sign is no `k`. */
export function toAsciiLowerCase(text: string): string {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 0x41 && code <= 0x5a) return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
	}
	return text;
}

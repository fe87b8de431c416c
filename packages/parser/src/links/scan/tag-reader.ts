import {
	APOSTROPHE,
	continuesWith,
	EQUALS_SIGN,
	endsTagName,
	GREATER_THAN,
	isSpace,
	QUOTATION_MARK,
	SLASH,
} from './characters.ts';

const HREF = 'href';
const XLINK_HREF = 'xlink:href';

/**
 * Reads one tag after another, from its name to its `>`, as the tokenizer's attribute states do. One reader serves
 * a whole page and allocates nothing; its fields tell of the tag read last.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state
 */
export class TagReader {
	readonly #html: string;
	/** Where the tag's name ends. */
	nameEnd = 0;
	/** Whether the tag was written `<…/>`, which counts in SVG and MathML only. */
	selfClosing = false;
	/** The raw value of `href`, or -1 when there is none. The first of two counts. */
	hrefStart = -1;
	hrefEnd = -1;
	/** The raw value of `xlink:href`, or -1 when there is none. */
	xlinkStart = -1;
	xlinkEnd = -1;

	constructor(html: string) {
		this.#html = html;
	}

	/** Finds `nameEnd` of the tag name that begins at `start`. */
	readName(start: number): number {
		const html = this.#html;
		let position = start + 1;
		while (position < html.length && !endsTagName(html.charCodeAt(position))) position++;
		this.nameEnd = position;
		return position;
	}

	/**
	 * Reads the attributes that follow the name.
	 *
	 * @returns Where the text after the tag begins, or -1 when the page ends first: such a tag is no tag.
	 */
	readAttributes(): number {
		const html = this.#html;
		const length = html.length;
		let position = this.nameEnd;
		this.selfClosing = false;
		this.hrefStart = -1;
		this.xlinkStart = -1;

		while (position < length) {
			let code = html.charCodeAt(position);
			if (code === GREATER_THAN) {
				this.selfClosing = html.charCodeAt(position - 1) === SLASH;
				return position + 1;
			}
			if (code === SLASH || isSpace(code)) {
				position++;
				continue;
			}

			// Whatever stands first belongs to the name, even an equals sign.
			const nameStart = position++;
			while (position < length) {
				code = html.charCodeAt(position);
				if (code === EQUALS_SIGN || endsTagName(code)) break;
				position++;
			}
			const nameEnd = position;
			while (isSpace(html.charCodeAt(position))) position++;
			if (html.charCodeAt(position) !== EQUALS_SIGN) {
				this.#note(nameStart, nameEnd, nameEnd, nameEnd);
				if (html.charCodeAt(position) === GREATER_THAN) return position + 1;
				continue;
			}

			do position++;
			while (isSpace(html.charCodeAt(position)));
			code = html.charCodeAt(position);
			if (code === QUOTATION_MARK || code === APOSTROPHE) {
				const valueStart = position + 1;
				const valueEnd = html.indexOf(code === QUOTATION_MARK ? '"' : "'", valueStart);
				if (valueEnd === -1) return -1;
				this.#note(nameStart, nameEnd, valueStart, valueEnd);
				position = valueEnd + 1;
				continue;
			}
			const valueStart = position;
			while (position < length) {
				code = html.charCodeAt(position);
				if (code === GREATER_THAN || isSpace(code)) break;
				position++;
			}
			this.#note(nameStart, nameEnd, valueStart, position);
			// A slash right before this `>` is part of the value.
			if (code === GREATER_THAN) return position + 1;
		}
		return -1;
	}

	#note(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
		const length = nameEnd - nameStart;
		if (length === HREF.length) {
			if (this.hrefStart === -1 && continuesWith(this.#html, nameStart, HREF)) {
				this.hrefStart = valueStart;
				this.hrefEnd = valueEnd;
			}
		} else if (length === XLINK_HREF.length) {
			if (this.xlinkStart === -1 && continuesWith(this.#html, nameStart, XLINK_HREF)) {
				this.xlinkStart = valueStart;
				this.xlinkEnd = valueEnd;
			}
		}
	}
}

/** HTML that may be shown as it is. */
export class Html {
	readonly text: string;

	/** @param text in which everything that came from elsewhere is escaped. */
	constructor(text: string) {
		this.text = text;
	}
}

/** What may stand in a template: texts are escaped, HTML is not. */
type Part = string | number | Html | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Puts HTML together: what is filled in is escaped, unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	const filled = parts.map((part) => textOf(part));
	return new Html(strings.map((text, index) => text + (filled[index] ?? '')).join(''));
}

function textOf(part: Part): string {
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(({ text }) => text).join('');
	return String(part).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

const SPACE = '[\\t\\n\\f\\r ]*';
const TIME = new RegExp(`^${SPACE}(?:[0-9]+|(?=\\.))[0-9.]*`);
const SEPARATOR = new RegExp(`^(?:${SPACE}[;,]${SPACE}|[\\t\\n\\f\\r ]+)`);
const URL_PREFIX = new RegExp(`^url${SPACE}=${SPACE}`, 'i');

/**
 * The URL that `<meta http-equiv="refresh" content="…">` leads to.
 *
 * @returns `undefined` when the content is not valid or only reloads the page.
 * @see https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
 */
export function parseMetaRefresh(content: string): string | undefined {
	const time = TIME.exec(content)?.[0];
	if (time === undefined) return undefined;
	const rest = content.slice(time.length);
	const separator = SEPARATOR.exec(rest)?.[0];
	if (separator === undefined) return undefined;

	const target = rest.slice(separator.length);
	const prefix = URL_PREFIX.exec(target)?.[0] ?? '';
	const url = unquote(target.slice(prefix.length));
	return url === '' ? undefined : url;
}

/** An opening quote ends at its like; a missing closing quote is forgiven. */
function unquote(text: string): string {
	const quote = text[0];
	if (quote !== '"' && quote !== "'") return text;
	const end = text.indexOf(quote, 1);
	return text.slice(1, end === -1 ? undefined : end);
}

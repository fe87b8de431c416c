/** What Node 22 knows of JSON and TypeScript's library does not yet. */
interface SourceTextJson {
	parse(
		text: string,
		reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
	): unknown;
	rawJSON(text: string): unknown;
}

const json = JSON as unknown as SourceTextJson;

/** Only numbers like these can change on their way through a double. */
const DELICATE = /\d{16}|\d[eE]/;

/**
 * The value of a JSON text, to be written as JSON again: a number that a double cannot hold, such as a 64-bit id, keeps
 * its digits (as what `JSON.rawJSON` gives).
 */
export function parseExactly(text: string): unknown {
	if (!DELICATE.test(text)) return JSON.parse(text);
	return json.parse(text, (_, value, { source }) =>
		typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
	);
}

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let entities: typeof import('entities/decode') | undefined;

const NUL = '\0';
const REPLACEMENT = '\ufffd';

/**
 * Turns the raw text of an attribute value into its meaning: character references are resolved by the rules for
 * attributes, where `&copy=` stays as it is, and NUL becomes U+FFFD.
 *
 * The table of names takes 10 ms to load, so it waits for the first value that needs it; `&amp;` does not.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#named-character-reference-state
 */
export function readAttributeValue(raw: string): string {
	const value = raw.includes('&') ? decodeReferences(raw) : raw;
	return value.includes(NUL) ? value.replaceAll(NUL, REPLACEMENT) : value;
}

function decodeReferences(raw: string): string {
	let decoded = '';
	let position = 0;
	for (let at = raw.indexOf('&'); at !== -1; at = raw.indexOf('&', position)) {
		if (!raw.startsWith('amp;', at + 1)) {
			entities ??= require('entities/decode') as typeof import('entities/decode');
			return decoded + entities.decodeHTMLAttribute(raw.slice(position));
		}
		decoded += raw.slice(position, at + 1);
		position = at + '&amp;'.length;
	}
	return decoded + raw.slice(position);
}

import { isAscii } from 'node:buffer';
import { charsetOf } from './charset.ts';

/**
 * A body as text. What decides on its encoding, in this order: a byte order mark; the charset of the Content-Type
 * header; for HTML and bodies without a type, a `<meta>` in the first 1,024 bytes; for XML, its declaration; else UTF-8.
 * A label that does not exist counts as absent. JSON is always UTF-8 (RFC 8259). Malformed bytes become U+FFFD.
 *
 * Sources: WHATWG Encoding and WHATWG HTML. Of EUC-KR and Big5 some rare characters are missing, as in Node's own
 * `TextDecoder`.
 *
 * @param contentType the Content-Type header, when there is one.
 */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
	const charset = charsetOf(bytes, contentType);
	if (charset === 'utf-8') return withoutMark(bytes.toString('utf8'));
	if (charset === 'windows-1252') return windows1252(bytes);
	return new TextDecoder(charset).decode(bytes);
}

function withoutMark(text: string): string {
	return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** 0x80 to 0x9F, where windows-1252 differs from ISO 8859-1; five bytes are control characters in both. */
const UPPER_CONTROLS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By hand, because some lines of Node decode the web's "latin1" as ISO 8859-1 and curly quotes get lost. */
function windows1252(bytes: Buffer): string {
	const text = bytes.toString('latin1');
	return isAscii(bytes)
		? text
		: text.replace(/[\x80-\x9f]/g, (char) => UPPER_CONTROLS[char.charCodeAt(0) - 0x80] ?? '');
}

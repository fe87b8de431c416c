import { encodingForLabel } from './labels.ts';

const DECLARATION = '<?xml';

// The standard skips every byte up to and including the space, and allows none of them in the label.
const VALUE = /^encoding[^!-\uFFFF]*=[^!-\uFFFF]*(?:"([!#-\uFFFF]*)"|'([!-&(-\uFFFF]*)')/;

/**
 * The encoding that an XML declaration at the very start names, or `undefined`.
 * UTF-16 reads as UTF-8: a declaration that could be read as ASCII is not in UTF-16.
 *
 * Source: WHATWG HTML, "get an XML encoding".
 *
 * @param head the first bytes, one character each (`latin1`)
 */
export function xmlDeclaredEncoding(head: string): string | undefined {
	if (!head.startsWith(DECLARATION)) return undefined;
	const end = head.indexOf('>');
	if (end === -1) return undefined;
	const declaration = head.slice(DECLARATION.length, end);
	const name = declaration.indexOf('encoding');
	if (name === -1) return undefined;
	const match = VALUE.exec(declaration.slice(name));
	const label = match?.[1] ?? match?.[2];
	if (label === undefined) return undefined;
	return replaceUtf16(encodingForLabel(label));
}

/**
 * A UTF-16 document without a byte order mark still shows itself by how `<?x` is spelt.
 *
 * Source: WHATWG HTML, "prescan a byte stream", its step for UTF-16 XML declarations.
 */
export function utf16XmlDeclaration(head: string): 'utf-16le' | 'utf-16be' | undefined {
	if (head.startsWith('<\0?\0x\0')) return 'utf-16le';
	if (head.startsWith('\0<\0?\0x')) return 'utf-16be';
	return undefined;
}

/** A label that was read as ASCII cannot stand in a UTF-16 document, so it means UTF-8. */
export function replaceUtf16(encoding: string | undefined): string | undefined {
	return encoding === 'utf-16le' || encoding === 'utf-16be' ? 'utf-8' : encoding;
}

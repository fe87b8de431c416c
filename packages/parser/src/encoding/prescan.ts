import { isSpace, readAttribute } from './attributes.ts';
import { encodingForLabel } from './labels.ts';
import { replaceUtf16, utf16XmlDeclaration, xmlDeclaredEncoding } from './xml-declaration.ts';

/**
 * The encoding that the markup itself declares: `<meta charset>`, `<meta http-equiv=content-type>` or, when there is
 * neither, an XML declaration.
 *
 * Source: WHATWG HTML, "prescan a byte stream to determine its encoding".
 *
 * @param head the first 1,024 bytes, one character each (`latin1`)
 */
export function prescan(head: string): string | undefined {
	return utf16XmlDeclaration(head) ?? metaEncoding(head) ?? xmlDeclaredEncoding(head);
}

function metaEncoding(head: string): string | undefined {
	let at = head.indexOf('<');
	while (at !== -1) {
		let end: number;
		if (head.startsWith('<!--', at)) {
			// The two hyphens that open a comment may be the two that close it.
			end = head.indexOf('-->', at + 2);
			if (end === -1) return undefined;
			end += 2;
		} else if (/^<meta[\t\n\f\r /]$/i.test(head.slice(at, at + 6))) {
			const meta = readMeta(head, at + 5);
			if (meta === undefined) return undefined;
			if (meta.encoding) return meta.encoding;
			end = meta.end;
		} else if (/^<\/?[a-z]/i.test(head.slice(at, at + 3))) {
			const past = skipTag(head, at);
			if (past === undefined) return undefined;
			end = past;
		} else if (/^<[!/?]/.test(head.slice(at, at + 2))) {
			end = head.indexOf('>', at + 2);
			if (end === -1) return undefined;
		} else {
			end = at + 1;
		}
		at = head.indexOf('<', end);
	}
	return undefined;
}

interface Meta {
	readonly encoding: string | undefined;
	readonly end: number;
}

function readMeta(head: string, from: number): Meta | undefined {
	const seen = new Set<string>();
	let gotPragma = false;
	let needPragma: boolean | undefined;
	let label: string | undefined;
	let at = from;
	for (;;) {
		const attribute = readAttribute(head, at);
		if (attribute === undefined) return undefined;
		if (typeof attribute === 'number') {
			at = attribute;
			break;
		}
		at = attribute.end;
		const { name, value } = attribute;
		if (seen.has(name)) continue;
		seen.add(name);
		if (name === 'http-equiv' && value === 'content-type') gotPragma = true;
		else if (name === 'charset') {
			label = value;
			needPragma = false;
		} else if (name === 'content' && label === undefined) {
			const found = labelInContent(value);
			if (found !== undefined && encodingForLabel(found)) {
				label = found;
				needPragma = true;
			}
		}
	}
	if (label === undefined || (needPragma && !gotPragma)) return { encoding: undefined, end: at };
	const encoding = replaceUtf16(encodingForLabel(label));
	return { encoding: encoding === 'x-user-defined' ? 'windows-1252' : encoding, end: at };
}

/** Source: WHATWG HTML, "extracting a character encoding from a meta element". */
function labelInContent(content: string): string | undefined {
	const match = /charset[\t\n\f\r ]*=[\t\n\f\r ]*/.exec(content);
	if (!match) return undefined;
	const rest = content.slice(match.index + match[0].length);
	const quote = rest[0];
	if (quote === '"' || quote === "'") {
		const close = rest.indexOf(quote, 1);
		return close === -1 ? undefined : rest.slice(1, close);
	}
	return /^[^\t\n\f\r ;]*/.exec(rest)?.[0];
}

/** The position of the `>` that ends the tag at `from`: attribute values may hold one too. */
function skipTag(head: string, from: number): number | undefined {
	let at = from;
	while (at < head.length && head[at] !== '>' && !isSpace(head[at])) at++;
	for (;;) {
		const attribute = readAttribute(head, at);
		if (attribute === undefined || typeof attribute === 'number') return attribute;
		at = attribute.end;
	}
}

import { isAscii, isUtf8 } from 'node:buffer';
import { isXmlType, parseContentType } from './content-type.ts';
import { decodeText } from './decode-text.ts';
import { encodingForLabel } from './labels.ts';
import { prescan } from './prescan.ts';
import { utf16XmlDeclaration, xmlDeclaredEncoding } from './xml-declaration.ts';

/** A body as text, with the encoding it was read in. */
export interface DecodedBody {
	/** The text, without a byte order mark. */
	readonly text: string;
	/** The encoding's WHATWG name in lower case: `utf-8`, `windows-1252`, `gbk`, `shift_jis`, … */
	readonly encoding: string;
}

/** How much of a body may hold its declaration (WHATWG HTML, "determining the character encoding"). */
const PRESCAN_BYTES = 1024;

/**
 * Decodes a body the way a browser does. What decides, in this order: a byte order mark, the `charset` of the
 * Content-Type header, what the markup declares in its first 1,024 bytes (`<meta>` for HTML and bodies without a type,
 * the XML declaration for XML), and last whether the bytes are valid UTF-8 or else windows-1252. A label that the
 * standard does not know counts as absent.
 *
 * Never throws on bytes: what is malformed becomes U+FFFD. Decompress before you decode.
 *
 * Sources: WHATWG Encoding ("decode"), WHATWG HTML ("determining the character encoding"), RFC 7303 for XML.
 *
 * @param contentType the Content-Type header, when there is one
 */
export function decodeBody(bytes: Uint8Array, contentType?: string): DecodedBody {
	const body = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const marked = byteOrderMark(body);
	if (marked) return { text: decodeText(body.subarray(marked.length), marked.encoding), encoding: marked.encoding };

	const encoding = declaredEncoding(body, contentType) ?? (isUtf8Start(body) ? 'utf-8' : 'windows-1252');
	return { text: decodeText(body, encoding), encoding };
}

function byteOrderMark(body: Buffer): { encoding: string; length: number } | undefined {
	if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
	if (body[0] === 0xff && body[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
	if (body[0] === 0xfe && body[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
	return undefined;
}

function declaredEncoding(body: Buffer, header: string | undefined): string | undefined {
	const { essence, charset } = parseContentType(header);
	const fromHeader = charset === undefined ? undefined : encodingForLabel(charset);
	if (fromHeader) return fromHeader;

	const isXml = isXmlType(essence);
	// Plain text, scripts and JSON may quote a <meta> tag that says nothing about themselves.
	if (!isXml && essence !== '' && essence !== 'text/html') return undefined;
	const head = body.toString('latin1', 0, PRESCAN_BYTES);
	return isXml ? (utf16XmlDeclaration(head) ?? xmlDeclaredEncoding(head)) : prescan(head);
}

/** Valid UTF-8, but for a last character that a size limit may have cut in two. */
function isUtf8Start(body: Buffer): boolean {
	if (isUtf8(body)) return true;
	let lead = body.length - 1;
	while (lead > body.length - 3 && isContinuation(body[lead])) lead--;
	const byte = body[lead] ?? 0;
	const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
	if (body.length - lead >= wanted) return false;
	const whole = body.subarray(0, lead);
	// ASCII with one odd byte at its end ("café" in windows-1252) is no evidence for UTF-8.
	return isUtf8(whole) && !isAscii(whole);
}

function isContinuation(byte: number | undefined): boolean {
	return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

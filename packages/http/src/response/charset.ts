/** How much of a body may hold its declaration (WHATWG HTML, "determining the character encoding"). */
const DECLARATION_BYTES = 1024;

/** Labels that exist are few, so what a hostile server invents is not remembered. */
const namesByLabel = new Map<string, string>();

/** The encoding of a body, by its WHATWG name in lower case; {@link decodeText} says what decides. */
export function charsetOf(bytes: Buffer, contentType: string | undefined): string {
	const type = /^[^;,\s]*/.exec(contentType?.trim() ?? '')?.[0].toLowerCase() ?? '';
	// RFC 8259 §8.1: JSON has no charset parameter and is exchanged in UTF-8.
	if (/^(?:application|text)\/json$|\+json$/.test(type)) return 'utf-8';
	const label = /[;,\s]charset\s*=\s*["']?\s*([^\s;,"']+)/i.exec(contentType ?? '')?.[1];
	return byteOrderMark(bytes) ?? knownName(label) ?? declared(bytes, type) ?? 'utf-8';
}

function byteOrderMark(bytes: Buffer): string | undefined {
	const [first, second, third] = bytes;
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** `undefined` for a label that the WHATWG Encoding standard does not know, or knows as one not to be decoded. */
function knownName(label: string | undefined): string | undefined {
	if (label === undefined) return undefined;
	const key = label.toLowerCase();
	const known = namesByLabel.get(key);
	if (known !== undefined) return known;
	try {
		const name = new TextDecoder(key).encoding;
		namesByLabel.set(key, name);
		return name;
	} catch {
		return undefined;
	}
}

/** What the markup says of itself. Plain text and scripts may quote a `<meta>` that says nothing about them. */
function declared(bytes: Buffer, type: string): string | undefined {
	const isHtml = type === '' || type === 'text/html';
	const isXml = /^(?:text|application)\/xml$|\+xml$/.test(type);
	if (!isHtml && !isXml) return undefined;
	const head = bytes.toString('latin1', 0, DECLARATION_BYTES);
	const name = (isHtml ? metaCharset(head) : undefined) ?? xmlCharset(head);
	// A declaration that could be read as ASCII is not in UTF-16 (WHATWG HTML, "prescan a byte stream").
	return name?.startsWith('utf-16') ? 'utf-8' : name;
}

function xmlCharset(head: string): string | undefined {
	return knownName(/^<\?xml[^>]*?\sencoding\s*=\s*["']\s*([^"'\s>]+)/.exec(head)?.[1]);
}

function metaCharset(head: string): string | undefined {
	if (!/charset/i.test(head)) return undefined; // Most pages name it in their header, and tags are dear to look at.
	const markup = head.replace(/<!--(?:-?>|.*?(?:-->|$))/gs, '');
	for (const [, text = ''] of markup.matchAll(/<meta(?=[\s/])((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)) {
		const attributes = new Map<string, string>();
		for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
			attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '');
		}
		const isPragma = attributes.get('http-equiv')?.toLowerCase() === 'content-type';
		const content = isPragma ? attributes.get('content') : undefined;
		const label = attributes.get('charset')?.trim() ?? /charset\s*=\s*["']?\s*([^\s;"']+)/i.exec(content ?? '')?.[1];
		const name = knownName(label);
		if (name !== undefined) return name === 'x-user-defined' ? 'windows-1252' : name;
	}
	return undefined;
}

const ATTRIBUTE = /([^\s=>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/g;

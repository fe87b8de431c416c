import type { Reply } from '../server/handler.ts';
import { encodeText } from '../text/encode.ts';

/** Where a page says in which encoding it is. */
export type CharsetPlace = 'header' | 'meta' | 'bom';

const samples = [
	'Größe',
	'Crème „brûlée“ – 5 €',
	'Zażółć gęślą jaźń',
	'Привет, мир',
	'Καλημέρα κόσμε',
	'שלום עולם',
	'مرحبا بالعالم',
	'สวัสดีชาวโลก',
	'日本語のテキスト',
	'简体中文',
	'繁體中文',
	'한국어 텍스트',
];

/**
 * The text on the page `/charset/<label>` of the echo server: a line for each of some samples that the encoding can
 * hold, none of it ASCII alone.
 *
 * @param label a name from the WHATWG Encoding Standard: utf-8, utf-16le, koi8-r, latin1, shift_jis, gbk …
 * @throws {RangeError} for a name that is not there, and for ISO-2022-JP, which is not served.
 */
export function charsetText(label: string): string {
	const lines = samples.filter((sample) => isEncodable(sample, label));
	if (lines.length === 0) throw new RangeError(`The encoding ${label} is not served`);
	return lines.join('\n');
}

/** @throws {RangeError} as `charsetText`, and if this encoding cannot be named in that place. */
export function charsetPage(label: string, place: CharsetPlace): Reply {
	const { encoding } = new TextDecoder(label);
	const isUtf16 = encoding.startsWith('utf-16');
	if (place === 'meta' && isUtf16) throw new RangeError(`A meta element cannot name ${label}, it would not be read`);
	if (place === 'bom' && !isUtf16 && encoding !== 'utf-8') throw new RangeError(`${label} has no byte order mark`);
	const meta = place === 'meta' ? `<meta charset="${label}">\n` : '';
	const html = `<!doctype html>\n${meta}<title>${label}</title>\n<pre>\n${charsetText(label)}\n</pre>\n`;
	const type = place === 'header' ? `text/html; charset=${label}` : 'text/html';
	return { headers: { 'Content-Type': type }, body: encode(place === 'bom' ? `\ufeff${html}` : html, label) };
}

function isEncodable(text: string, label: string): boolean {
	const { encoding } = new TextDecoder(label);
	if (encoding.startsWith('utf-')) return true;
	try {
		encodeText(text, label);
		return true;
	} catch {
		return false;
	}
}

function encode(text: string, label: string): Buffer {
	switch (new TextDecoder(label).encoding) {
		case 'utf-8':
			return Buffer.from(text, 'utf8');
		case 'utf-16le':
			return Buffer.from(text, 'utf16le');
		case 'utf-16be':
			return Buffer.from(text, 'utf16le').swap16();
		default:
			return encodeText(text, label);
	}
}

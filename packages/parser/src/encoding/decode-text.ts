import { decodeLegacyMultibyte } from './legacy-multibyte.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/**
 * Text of `bytes` in the encoding of that name (as `encodingForLabel` answers it). Malformed bytes become U+FFFD; a
 * byte order mark is not treated specially, so cut it off first.
 *
 * Source: WHATWG Encoding, "decode without BOM".
 */
export function decodeText(bytes: Buffer, encoding: string): string {
	if (encoding === 'utf-8') return bytes.toString('utf8');
	if (encoding === 'windows-1252') return decodeWindows1252(bytes);
	if (encoding === 'replacement') return bytes.length === 0 ? '' : '\uFFFD';
	return decodeLegacyMultibyte(bytes, encoding) ?? new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

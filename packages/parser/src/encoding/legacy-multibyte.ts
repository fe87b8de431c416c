import { createRequire } from 'node:module';
import type Iconv from 'iconv-lite';

/** Encodings that the ICU of Node decodes otherwise than the standard says, and iconv-lite decodes as it says. */
const BETTER_BY_ICONV: ReadonlySet<string> = new Set([
	'big5', // ICU lacks the Hong Kong characters and maps thousands of code points elsewhere
	'euc-jp', // ICU passes unassigned bytes through
	'euc-kr', // ICU lacks the 8,822 syllables of windows-949
]);

const requireHere = createRequire(import.meta.url);
let iconv: typeof Iconv | undefined;

/**
 * Decodes the East Asian encodings for which a plain `TextDecoder` is wrong, or answers `undefined` for any other
 * encoding. iconv-lite and its tables are loaded by the first body that needs them.
 *
 * Source: WHATWG Encoding, its indexes.
 */
export function decodeLegacyMultibyte(bytes: Buffer, encoding: string): string | undefined {
	if (BETTER_BY_ICONV.has(encoding)) {
		iconv ??= requireHere('iconv-lite') as typeof Iconv;
		return iconv.decode(bytes, encoding, { stripBOM: false });
	}
	if (encoding === 'shift_jis') return decodeShiftJis(bytes);
	return undefined;
}

/** ICU has the standard's table, but rotates three control characters as old IBM machines did. */
const ROTATED: Readonly<Record<string, string>> = { '\x1c': '\x1a', '\x7f': '\x1c', '\x1a': '\x7f' };
let icuRotates: boolean | undefined;

function decodeShiftJis(bytes: Buffer): string {
	const decoder = new TextDecoder('shift_jis');
	icuRotates ??= decoder.decode(Uint8Array.of(0x1a)) !== '\x1a';
	const text = decoder.decode(bytes);
	return icuRotates ? text.replace(/[^\P{Cc}\t\n\r]/gu, (control) => ROTATED[control] ?? control) : text;
}

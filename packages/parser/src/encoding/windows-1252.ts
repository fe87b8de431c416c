/** Bytes 0x80–0x9F, where windows-1252 and ISO-8859-1 differ; five of them are control characters in both. */
const C1 =
	'\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F' +
	'\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

/**
 * Decodes windows-1252, the encoding of "latin1" and "ascii" on the web. Not left to `TextDecoder` because several
 * lines of Node decode it as ISO-8859-1, and curly quotes become control characters.
 *
 * Source: WHATWG Encoding, index windows-1252.
 */
export function decodeWindows1252(bytes: Buffer): string {
	return bytes.toString('latin1').replace(/[\x80-\x9F]/g, (char) => C1.charAt(char.charCodeAt(0) - 0x80));
}

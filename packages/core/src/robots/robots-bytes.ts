/** How much of a robots.txt file is read, in bytes: what RFC 9309 §2.5 asks a crawler to read at least. */
export const ROBOTS_BYTES_LIMIT: number = 500 * 1024;

/**
 * The file as a string with one character per byte, so that a byte that is not UTF-8 survives to be percent-encoded.
 *
 * Only the first {@link ROBOTS_BYTES_LIMIT} bytes count, and a line that the limit cuts is dropped: half a `Disallow`
 * forbids more than was meant, half an `Allow` permits more. A byte order mark is skipped; UTF-16 is read when its mark
 * says so, though the RFC knows UTF-8 only: the owner's wishes are plain. NUL bytes mean nothing and are dropped.
 */
export function robotsText(input: string | Uint8Array): string {
	const bytes = typeof input === 'string' ? Buffer.from(input.slice(0, ROBOTS_BYTES_LIMIT + 1)) : input;
	const kept = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, ROBOTS_BYTES_LIMIT));
	const text = withoutMark(bytes.length > ROBOTS_BYTES_LIMIT ? wholeLines(kept, bytes) : kept);
	return text.replaceAll('\0', '');
}

const LF = 0x0a;
const CR = 0x0d;

function wholeLines(kept: Buffer, all: Uint8Array): Buffer {
	if (isLineEnd(all[kept.length])) return kept;
	return kept.subarray(0, Math.max(kept.lastIndexOf(LF), kept.lastIndexOf(CR)) + 1);
}

function isLineEnd(byte: number | undefined): boolean {
	return byte === LF || byte === CR;
}

function withoutMark(bytes: Buffer): string {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('latin1', 3);
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return asBytes(new TextDecoder('utf-16le').decode(bytes));
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return asBytes(new TextDecoder('utf-16be').decode(bytes));
	return bytes.toString('latin1');
}

function asBytes(text: string): string {
	return Buffer.from(text).toString('latin1');
}

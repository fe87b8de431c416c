import type { OutgoingHttpHeaders } from 'node:http';
import type { ByteRange } from './byte-ranges.ts';
import { contentRange } from './byte-ranges.ts';
import type { RangeFault } from './file-faults.ts';

/** A stretch of a body: bytes as they are, or a part of the file. */
export type Piece = Uint8Array | ByteRange;

/** How many bytes a piece has. */
export function lengthOf(piece: Piece): number {
	return 'start' in piece ? piece.end - piece.start + 1 : piece.byteLength;
}

/** What makes a 206 (RFC 9110 section 15.3.7). */
export interface Partial {
	readonly headers: OutgoingHttpHeaders;
	readonly pieces: readonly Piece[];
}

/** The 206 for one part, right or with one of the faults. */
export function singlePart(asked: ByteRange, size: number, fault: RangeFault | undefined): Partial {
	const part = fault === 'wrong-start' ? besides(asked, size) : asked;
	const total = fault === 'wrong-total' ? size + 1 : size;
	return { headers: { 'Content-Range': contentRange(part, total) }, pieces: [part] };
}

/** The 206 as `multipart/byteranges` (RFC 9110 section 14.6). */
export function multipart(parts: readonly ByteRange[], size: number, contentType: string): Partial {
	const boundary = 'THIS_SEPARATES_THE_PARTS';
	const pieces = parts.flatMap((part): Piece[] => [
		Buffer.from(
			`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: ${contentRange(part, size)}\r\n\r\n`,
		),
		part,
	]);
	return {
		headers: { 'Content-Type': `multipart/byteranges; boundary=${boundary}` },
		pieces: [...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)],
	};
}

/** The part one byte earlier, or later for one that begins at 0: as long as the file allows. */
function besides({ start, end }: ByteRange, size: number): ByteRange {
	if (start > 0) return { start: start - 1, end: end - 1 };
	return { start: Math.min(1, end), end: Math.min(end + 1, size - 1) };
}

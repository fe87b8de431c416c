import { Readable } from 'node:stream';
import type { BodyProgress, RequestBody } from './request-body.ts';

const PIECE_BYTES = 64 * 1024;

/** Up to this size a body is written at once: it is on its way before anybody could ask how far it is. */
const LARGE_BYTES = 4 * PIECE_BYTES;

/** A body in memory. A large one is sent in pieces, so that a slow upload is seen to go on. */
export class MemoryBody implements RequestBody {
	readonly bytes: string | Uint8Array;
	readonly contentType: string | undefined;
	readonly length: number;
	readonly repeatable = true;

	constructor(bytes: string | Uint8Array, contentType: string | undefined) {
		this.bytes = bytes;
		this.contentType = contentType;
		this.length = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
	}

	open(progress?: BodyProgress): string | Uint8Array | Readable {
		if (this.length <= LARGE_BYTES) return this.bytes;
		return inPieces(typeof this.bytes === 'string' ? Buffer.from(this.bytes) : this.bytes, progress);
	}
}

function inPieces(bytes: Uint8Array, progress: BodyProgress | undefined): Readable {
	let sent = 0;
	return new Readable({
		highWaterMark: PIECE_BYTES,
		read() {
			const piece = bytes.subarray(sent, sent + PIECE_BYTES);
			sent += piece.length;
			this.push(piece.length === 0 ? null : piece);
			progress?.onPiece();
		},
	});
}

import type { ByteRange } from './byte-range.ts';
import type { PartFile } from './disk/part-file.ts';
import type { SegmentWriter } from './disk/segment-writer.ts';

/** A stretch of the file that comes over one connection. */
export class Piece {
	readonly start: number;
	/** Where it ends; `Infinity` while the size is not known. Somebody else may take its second half. */
	end: number;
	/** The next byte to come. */
	position: number;
	readonly writer: SegmentWriter;

	constructor(range: ByteRange, part: PartFile) {
		this.start = range.start;
		this.end = range.end;
		this.position = range.start;
		this.writer = part.writer(range.start);
	}

	get whole(): boolean {
		return this.position >= this.end;
	}

	/** What of it the operating system has. */
	get written(): ByteRange {
		return { start: this.start, end: this.writer.written };
	}
}

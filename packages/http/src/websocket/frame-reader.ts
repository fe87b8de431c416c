import { isUtf8 } from 'node:buffer';

/** Gets the bytes of a connection, in the order they came. */
export interface FrameSink {
	message(data: Buffer, isBinary: boolean): void;
	/** What needs somebody who knows all of RFC 6455. He reports mistakes on the next tick at the latest. */
	rest(bytes: Buffer): void;
}

const WHOLE_TEXT = 0x81;
const WHOLE_BINARY = 0x82;
const FINAL = 0x80;
const OPCODE = 0x0f;
const FIRST_CONTROL = 0x08;
/** Payload lengths that mean: the next two, or eight, bytes say it. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const NOTHING: Buffer = Buffer.alloc(0);

/** Above it, ws is as fast: what counts then is the memory of what is read, and its garbage has that freed sooner. */
const SMALL_BYTES = 512;

/**
 * Takes the small messages of a server out of what it sent: those of one final frame of up to 512 bytes, not masked and
 * not compressed (RFC 6455 §5.2). Everything from another kind of frame on, and from a mistake on, is left to ws up to the
 * end of the chunk. A small message costs ws several times the work: it makes four buffers of its frame.
 */
export class FrameReader {
	readonly #limitBytes: number;
	readonly #sink: FrameSink;
	/** The beginning of a frame, whose rest did not come yet. */
	#held: Buffer = NOTHING;
	/** So many bytes of a frame that was left are still to come. */
	#leftBytes = 0;
	/** Within a message of several frames. */
	#fragmented = false;
	/** Above 0, a mistake in what was left may not have been told of yet. */
	#leaving = 0;
	#stopped = false;

	constructor(maxPayloadBytes: number, sink: FrameSink) {
		this.#limitBytes = Math.min(SMALL_BYTES, maxPayloadBytes);
		this.#sink = sink;
	}

	read(chunk: Buffer): void {
		if (this.#leaving > 0 || this.#fragmented || this.#leftBytes > 0) {
			this.#leave(this.#joined(chunk), 0);
			return;
		}
		const from = this.#finishHeld(chunk);
		if (from === undefined) this.#take(this.#joined(chunk), 0);
		else this.#take(chunk, from);
	}

	/** Leaves everything from now on, and returns what is held back. It may be called while a message is handed out. */
	stop(): Buffer {
		this.#stopped = true;
		return this.#joined(NOTHING);
	}

	/** Hands out the message whose beginning is held, without a copy of the whole chunk; undefined if it is not so easy. */
	#finishHeld(chunk: Buffer): number | undefined {
		const held = this.#held;
		if (held.length === 0) return 0;
		const head = held.length < 4 ? Buffer.concat([held, chunk.subarray(0, 4 - held.length)]) : held;
		if (!this.#isSmall(head, 0)) return undefined;
		const size = frameSize(head, 0);
		if (size === undefined || size > held.length + chunk.length) return undefined;
		const from = size - held.length;
		this.#held = NOTHING;
		if (this.#handOut(Buffer.concat([held, chunk.subarray(0, from)], size), 0, size)) return from;
		this.#held = held;
		return undefined;
	}

	#take(bytes: Buffer, from: number): void {
		const { length } = bytes;
		let at = from;
		while (length - at >= 2 && !this.#stopped) {
			const isSmall = this.#isSmall(bytes, at);
			const size = frameSize(bytes, at);
			if (isSmall && (size === undefined || at + size > length)) break;
			if (!isSmall || size === undefined || !this.#handOut(bytes, at, size)) {
				this.#leave(bytes, at);
				return;
			}
			at += size;
		}
		const left = at === length ? NOTHING : bytes.subarray(at);
		if (!this.#stopped) this.#held = left;
		else if (left.length > 0) this.#sink.rest(left);
	}

	/** False for text that is not UTF-8: a mistake. */
	#handOut(bytes: Buffer, at: number, size: number): boolean {
		const data = bytes.subarray(at + headSize(bytes, at), at + size);
		const isBinary = bytes[at] === WHOLE_BINARY;
		if (!isBinary && !isUtf8(data)) return false;
		this.#sink.message(data, isBinary);
		return true;
	}

	/** Leaves what there is, but for the beginning of a frame that can be held back, and finds out where the next begins. */
	#leave(bytes: Buffer, from: number): void {
		let at = from + this.#leftBytes;
		while (bytes.length - at >= 2) {
			const size = frameSize(bytes, at);
			if (size === undefined) break;
			if (at + size > bytes.length && !this.#fragmented && this.#isSmall(bytes, at)) break;
			const kind = bytes[at] ?? 0;
			if ((kind & OPCODE) < FIRST_CONTROL) this.#fragmented = (kind & FINAL) === 0;
			at += size;
		}
		const end = Math.min(at, bytes.length);
		this.#leftBytes = at - end;
		this.#held = end === bytes.length ? NOTHING : bytes.subarray(end);
		if (end === from) return;
		this.#leaving += 1;
		this.#sink.rest(bytes.subarray(from, end));
		process.nextTick(this.#dare);
	}

	readonly #dare = (): void => {
		this.#leaving -= 1;
	};

	#joined(chunk: Buffer): Buffer {
		const held = this.#held;
		this.#held = NOTHING;
		if (held.length === 0) return chunk;
		return chunk.length === 0 ? held : Buffer.concat([held, chunk]);
	}

	/** Of a frame with two bytes at least. */
	#isSmall(bytes: Buffer, at: number): boolean {
		const kind = bytes[at];
		if (kind !== WHOLE_BINARY && kind !== WHOLE_TEXT) return false;
		if ((bytes[at + 1] ?? 0) > TWO_BYTES) return false;
		const size = frameSize(bytes, at);
		return size === undefined || size - headSize(bytes, at) <= this.#limitBytes;
	}
}

function headSize(bytes: Buffer, at: number): number {
	const short = bytes[at + 1] ?? 0;
	if (short < TWO_BYTES) return 2;
	return short === TWO_BYTES ? 4 : 10;
}

/** Undefined while the head is not there. A masked frame is a mistake, so it does not matter what is said of it. */
function frameSize(bytes: Buffer, at: number): number | undefined {
	const short = bytes[at + 1] ?? 0;
	if (short < TWO_BYTES) return 2 + short;
	if (short > EIGHT_BYTES) return 2;
	if (bytes.length - at < headSize(bytes, at)) return undefined;
	if (short === TWO_BYTES) return 4 + bytes.readUInt16BE(at + 2);
	return 10 + bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6);
}

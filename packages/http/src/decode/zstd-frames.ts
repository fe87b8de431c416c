import { Duplex } from 'node:stream';
import { constants, createZstdDecompress, type ZstdDecompress, zstdDecompressSync } from 'node:zlib';

// A zstd body is any number of frames, one after another (RFC 8878 §3). Node's decoders end with the first one that has
// something behind it, and say nothing of the rest.

/** Large chunks mean fewer calls; those of later frames are small, for there may be thousands of them in a body. */
const CHUNK_BYTES = 64 * 1024;
const LATER_CHUNK_BYTES = 4 * 1024;

/** RFC 9659: a zstd content coding needs a window of at most 8 MiB, so a frame that claims more is refused. */
const PARAMS = { [constants.ZSTD_d_windowLogMax]: 23 };

/**
 * All frames in one go.
 *
 * @throws RangeError with code ERR_BUFFER_TOO_LARGE when they pass `maxOutputLength` together; zlib's own error when one
 * is malformed.
 */
export function decodeFrames(input: Buffer, maxOutputLength: number): Buffer {
	const frames: Buffer[] = [];
	let bytes = 0;
	let rest = input;
	do {
		const { buffer, engine } = zstdDecompressSync(rest, {
			maxOutputLength: Math.max(1, maxOutputLength - bytes),
			chunkSize: frames.length === 0 ? CHUNK_BYTES : LATER_CHUNK_BYTES,
			params: PARAMS,
			info: true,
		}) as unknown as { buffer: Buffer; engine: ZstdDecompress };
		frames.push(buffer);
		bytes += buffer.length;
		if (bytes > maxOutputLength) throw tooLarge(maxOutputLength);
		rest = rest.subarray(engine.bytesWritten);
	} while (rest.length > 0);
	const [first] = frames;
	return frames.length === 1 && first !== undefined ? first : Buffer.concat(frames, bytes);
}

/** As zlib says it. */
function tooLarge(maxOutputLength: number): RangeError {
	const message = `Cannot create a Buffer larger than ${maxOutputLength} bytes`;
	return Object.assign(new RangeError(message), { code: 'ERR_BUFFER_TOO_LARGE' });
}

/** All frames as a stream, which takes no more input than its output is taken. */
export class ZstdFrames extends Duplex {
	#frame: ZstdDecompress | undefined;
	/** What the frame is being fed. */
	#input: { readonly chunk: Buffer; readonly startsAt: number; readonly taken: () => void } | undefined;
	#frames = 0;

	override _write(chunk: Buffer, _encoding: BufferEncoding, taken: () => void): void {
		this.#feed(chunk, taken);
	}

	override _final(done: () => void): void {
		const frame = this.#frame;
		if (frame === undefined) this.push(null);
		else frame.end();
		done();
	}

	override _read(): void {
		this.#frame?.resume();
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		this.#frame?.destroy();
		callback(error);
	}

	#feed(chunk: Buffer, taken: () => void): void {
		const frame = this.#frame ?? this.#open();
		const input = { chunk, startsAt: frame.bytesWritten, taken };
		this.#input = input;
		frame.write(chunk, () => {
			if (this.#input !== input) return;
			this.#input = undefined;
			taken();
		});
	}

	#open(): ZstdDecompress {
		const chunkSize = this.#frames++ === 0 ? CHUNK_BYTES : LATER_CHUNK_BYTES;
		const frame = createZstdDecompress({ chunkSize, params: PARAMS });
		this.#frame = frame;
		frame.on('data', (piece: Buffer) => {
			if (!this.push(piece)) frame.pause();
		});
		frame.on('error', (error) => this.destroy(error));
		frame.on('end', () => this.#onEnd(frame));
		return frame;
	}

	#onEnd(frame: ZstdDecompress): void {
		const input = this.#input;
		this.#input = undefined;
		if (input === undefined) {
			this.push(null);
			return;
		}
		this.#frame = undefined;
		const rest = input.chunk.subarray(frame.bytesWritten - input.startsAt);
		frame.destroy();
		this.#feed(rest, input.taken);
	}
}

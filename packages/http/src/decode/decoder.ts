import type { Transform } from 'node:stream';
import {
	brotliDecompressSync,
	constants,
	createBrotliDecompress,
	createGunzip,
	createInflate,
	createInflateRaw,
	createZstdDecompress,
	gunzipSync,
	inflateRawSync,
	inflateSync,
	zstdDecompressSync,
} from 'node:zlib';
import type { Coding } from './content-codings.ts';

/** Large chunks mean fewer calls; 64 KiB measured best of 16 to 256. */
const CHUNK_BYTES = 64 * 1024;

/** RFC 9659: a zstd content coding needs a window of at most 8 MiB, so a frame that claims more is refused. */
const ZSTD_PARAMS = { [constants.ZSTD_d_windowLogMax]: 23 };

/**
 * Undoes one coding in one go.
 *
 * @throws RangeError with code ERR_BUFFER_TOO_LARGE when the result would pass `maxOutputLength`; zlib's own error when
 * the input is malformed or ends early.
 */
export function decodeSync(coding: Coding, input: Buffer, maxOutputLength: number): Buffer {
	const options = { maxOutputLength, chunkSize: CHUNK_BYTES };
	switch (coding) {
		case 'gzip':
			return gunzipSync(input, options);
		case 'deflate':
			return hasZlibHeader(input) ? inflateSync(input, options) : inflateRawSync(input, options);
		case 'br':
			return brotliDecompressSync(input, options);
		case 'zstd':
			return decodeFrames(input, maxOutputLength);
	}
}

/** Small, for there may be thousands of frames in a body. */
const LATER_CHUNK_BYTES = 4 * 1024;

/** All frames of a zstd body (RFC 8878 §3): one call stops at the end of the first, and Node says nothing of the rest. */
function decodeFrames(input: Buffer, maxOutputLength: number): Buffer {
	const frames: Buffer[] = [];
	let bytes = 0;
	let rest = input;
	do {
		const { buffer, engine } = zstdDecompressSync(rest, {
			maxOutputLength: Math.max(1, maxOutputLength - bytes),
			chunkSize: frames.length === 0 ? CHUNK_BYTES : LATER_CHUNK_BYTES,
			params: ZSTD_PARAMS,
			info: true,
		}) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
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

/** A stream that undoes one coding; `start` is the beginning of its input. */
export function createDecoder(coding: Coding, start: Buffer): Transform {
	const options = { chunkSize: CHUNK_BYTES };
	switch (coding) {
		case 'gzip':
			return createGunzip(options);
		case 'deflate':
			return hasZlibHeader(start) ? createInflate(options) : createInflateRaw(options);
		case 'br':
			return createBrotliDecompress(options);
		case 'zstd':
			return createZstdDecompress({ ...options, params: ZSTD_PARAMS });
	}
}

/** "deflate" should mean zlib (RFC 1950), but some servers send the bare format (RFC 1951): the header tells. */
function hasZlibHeader(input: Buffer): boolean {
	const [first = 0, second = 0] = input;
	return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

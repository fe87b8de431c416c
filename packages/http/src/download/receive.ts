import type { Answer } from './answers/ask-source.ts';
import type { Source } from './answers/source.ts';
import type { BandwidthLimit } from './bandwidth-limit.ts';
import type { PrefixHash } from './digest/prefix-hash.ts';
import { DownloadError } from './download-error.ts';
import type { Piece } from './piece.ts';
import { sleep } from './sleep.ts';

/** What bytes pass on their way to the disk. */
export interface Passage {
	readonly bandwidth: BandwidthLimit | undefined;
	readonly hash: PrefixHash | undefined;
	/** A longer file is not wanted. */
	readonly maxBytes: number;
	readonly signal: AbortSignal;
}

/**
 * Takes the bytes of a body into `piece`, until it is whole or the body ends.
 *
 * @param bodyEnd where in the file the body ends, as announced.
 * @throws DownloadError when the body is longer than that, or the file than it may be; what the body throws.
 */
export async function receive(
	{ source: { label }, response }: Answer,
	bodyEnd: number,
	piece: Piece,
	{ bandwidth, hash, maxBytes, signal }: Passage,
): Promise<void> {
	for await (const chunk of response.body) {
		const delayMs = bandwidth?.reserve(chunk.length) ?? 0;
		if (delayMs > 0) await sleep(delayMs, signal);
		signal.throwIfAborted();
		if (piece.position + chunk.length > bodyEnd) {
			throw new DownloadError(label, 'length', `sends more than the ${bodyEnd} bytes that it announced.`);
		}
		if (piece.position + chunk.length > maxBytes) throw tooLarge(label, maxBytes);
		const room = piece.end - piece.position;
		const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
		hash?.update(taken, piece.position);
		piece.position += taken.length;
		const busy = piece.writer.push(taken);
		if (busy !== undefined) await busy;
		// At the end of the body one waits for the end of the response, where there is too much if ever.
		if (piece.whole && piece.end < bodyEnd) return;
	}
}

/** The error for a file over `maxBytes`. */
export function tooLarge(label: Source['label'], maxBytes: number): DownloadError {
	return new DownloadError(label, 'too-large', `is a file of more than ${maxBytes} bytes (maxBytes).`);
}

import type { Duplex } from 'node:stream';
import type { Coding } from './content-codings.ts';
import { createDecoder } from './decoder.ts';

/** Why decoding stopped: the result passed its limit, or the input is malformed or ends early. */
export type DecodeFailure = { readonly overLimit: true } | { readonly overLimit: false; readonly cause: Error };

/**
 * Undoes one coding while the body is still arriving, so that a bomb is seen after a few kilobytes and not after the
 * whole of it was read. It holds at most the limit and one chunk.
 */
export class StreamDecoder {
	readonly #decoder: Duplex;
	readonly #limitBytes: number;
	readonly #chunks: Buffer[] = [];
	#bytes = 0;
	#done = false;

	/** `onEnd` or `onFailure` is called once, never in the constructor. */
	constructor(
		coding: Coding,
		start: Buffer,
		limitBytes: number,
		onEnd: (body: Buffer) => void,
		onFailure: (failure: DecodeFailure) => void,
	) {
		this.#limitBytes = limitBytes;
		this.#decoder = createDecoder(coding, start)
			.on('data', (chunk: Buffer) => this.#take(chunk, onFailure))
			.on('end', () => {
				if (this.#done) return;
				this.#done = true;
				onEnd(Buffer.concat(this.#chunks, this.#bytes));
			})
			.on('error', (cause) => {
				if (this.#done) return;
				this.stop();
				onFailure({ overLimit: false, cause });
			});
		this.#decoder.write(start);
	}

	/** Decoded bytes held so far. */
	get bytes(): number {
		return this.#bytes;
	}

	/** The caller bounds what it writes: the wire has its own limit, so the input needs no backpressure. */
	write(chunk: Buffer): void {
		if (!this.#done) this.#decoder.write(chunk);
	}

	end(): void {
		if (!this.#done) this.#decoder.end();
	}

	/** Give up and let the memory go. */
	stop(): void {
		this.#done = true;
		this.#chunks.length = 0;
		this.#decoder.destroy();
	}

	#take(chunk: Buffer, onFailure: (failure: DecodeFailure) => void): void {
		if (this.#done) return;
		this.#bytes += chunk.length;
		if (this.#bytes <= this.#limitBytes) {
			this.#chunks.push(chunk);
			return;
		}
		this.stop();
		onFailure({ overLimit: true });
	}
}

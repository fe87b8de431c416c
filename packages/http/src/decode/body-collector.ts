import type { Coding } from './content-codings.ts';
import { decodeSync } from './decoder.ts';
import { type DecodeFailure, StreamDecoder } from './stream-decoder.ts';

/**
 * Up to this many encoded bytes are decoded in one call at the end, which costs half the CPU of a stream (a page of
 * 16 KB: 50 µs against 90); beyond it a stream takes over, on zlib's own threads and with an early end for bombs.
 */
const ONE_SHOT_BYTES = 64 * 1024;

/** Told once how it ended. `onWireLimit`: more bytes arrived than the limit; the others are about decoding. */
export interface CollectorEvents {
	/** `truncated`: the body goes on, but this is all of it that was asked for. */
	onBody(body: Buffer, truncated?: boolean): void;
	onWireLimit(): void;
	onDecodeFailure(failure: DecodeFailure): void;
}

/** Gathers the body of one response into one buffer and decodes it, within one limit for both. */
export class BodyCollector {
	readonly #codings: readonly Coding[];
	readonly #limitBytes: number;
	readonly #events: CollectorEvents;
	#chunks: Buffer[] = [];
	#decoder: StreamDecoder | undefined;
	#wireBytes = 0;

	constructor(codings: readonly Coding[], limitBytes: number, events: CollectorEvents) {
		this.#codings = codings;
		this.#limitBytes = limitBytes;
		this.#events = events;
	}

	/** Bytes of the body that arrived, before decoding. */
	get wireBytes(): number {
		return this.#wireBytes;
	}

	push(chunk: Buffer): void {
		this.#wireBytes += chunk.length;
		if (this.#wireBytes > this.#limitBytes) {
			this.drop();
			this.#events.onWireLimit();
		} else if (this.#decoder !== undefined) {
			this.#decoder.write(chunk);
		} else {
			this.#chunks.push(chunk);
			if (this.#wireBytes > ONE_SHOT_BYTES) this.#startStream();
		}
	}

	/** The body is whole. */
	end(): void {
		if (this.#decoder === undefined) this.#decodeRest(this.#takeChunks(), this.#codings);
		else this.#decoder.end();
	}

	/** Nobody wants the body any more. */
	drop(): void {
		this.#chunks = [];
		this.#decoder?.stop();
	}

	/** The outermost coding is undone as a stream; those under it, which hardly ever exist, on its bounded result. */
	#startStream(): void {
		const [coding, ...rest] = this.#codings;
		if (coding === undefined) return;
		this.#decoder = new StreamDecoder(
			coding,
			this.#takeChunks(),
			this.#limitBytes,
			(body) => this.#decodeRest(body, rest),
			(failure) => this.#events.onDecodeFailure(failure),
		);
	}

	#decodeRest(encoded: Buffer, codings: readonly Coding[]): void {
		let body = encoded;
		try {
			// An empty body is valid under any coding: servers label error pages and redirects without sending a byte.
			if (this.#wireBytes > 0) for (const coding of codings) body = decodeSync(coding, body, this.#limitBytes);
		} catch (error) {
			this.#events.onDecodeFailure(failureOf(error));
			return;
		}
		this.#events.onBody(body);
	}

	#takeChunks(): Buffer {
		const chunks = this.#chunks;
		this.#chunks = [];
		const [first] = chunks;
		return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, this.#wireBytes);
	}
}

function failureOf(error: unknown): DecodeFailure {
	const cause = error instanceof Error ? error : new Error(String(error));
	return 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE' ? { overLimit: true } : { overLimit: false, cause };
}

import type { Duplex } from 'node:stream';
import type { CollectorEvents } from './body-collector.ts';
import type { Coding } from './content-codings.ts';
import { createDecoder } from './decoder.ts';

/** What `createDecoder` has to see of the input. */
const START_BYTES = 2;

/**
 * Gathers the first bytes of a body, decoded, and is done when it has them: for a body that may be longer than anyone
 * wants to read, or endless. It takes no more of the wire than of the result, so that a body which decodes to nothing
 * ends too.
 */
export class PrefixCollector {
	readonly #coding: Coding | undefined;
	readonly #limitBytes: number;
	readonly #events: CollectorEvents;
	readonly #chunks: Buffer[] = [];
	#bytes = 0;
	#wireBytes = 0;
	#start: Buffer = Buffer.alloc(0);
	#decoder: Duplex | undefined;
	#wireEnded = false;
	#done = false;

	constructor(coding: Coding | undefined, limitBytes: number, events: CollectorEvents) {
		this.#coding = coding;
		this.#limitBytes = limitBytes;
		this.#events = events;
	}

	/** Bytes of the body that arrived, before decoding. */
	get wireBytes(): number {
		return this.#wireBytes;
	}

	push(chunk: Buffer): void {
		if (this.#wireEnded || this.#done) return;
		this.#wireBytes += chunk.length;
		if (this.#coding === undefined) this.#take(chunk);
		else if (this.#decoder !== undefined) this.#decoder.write(chunk);
		else {
			this.#start = Buffer.concat([this.#start, chunk]);
			if (this.#start.length >= START_BYTES) this.#decoder = this.#decode(this.#coding);
		}
		if (this.#wireBytes > this.#limitBytes) this.#endWire();
	}

	/** The body is whole. */
	end(): void {
		if (this.#wireEnded || this.#done) return;
		if (this.#coding !== undefined && this.#wireBytes > 0) this.#decoder ??= this.#decode(this.#coding);
		if (this.#decoder === undefined) this.#finish(false);
		else this.#endWire();
	}

	/** Nobody wants the body any more. */
	drop(): void {
		this.#done = true;
		this.#chunks.length = 0;
		this.#decoder?.destroy();
	}

	#endWire(): void {
		this.#wireEnded = true;
		this.#decoder?.end();
	}

	#decode(coding: Coding): Duplex {
		const decoder = createDecoder(coding, this.#start)
			.on('data', (chunk: Buffer) => this.#take(chunk))
			.on('end', () => this.#finish(this.#isCut()))
			.on('error', (cause) => {
				if (this.#done) return;
				if (this.#isCut()) this.#finish(true);
				else {
					this.drop();
					this.#events.onDecodeFailure({ overLimit: false, cause });
				}
			});
		decoder.write(this.#start);
		return decoder;
	}

	/** Whether the wire was not read to its end, so that the decoder misses the rest. */
	#isCut(): boolean {
		return this.#wireBytes > this.#limitBytes;
	}

	#take(chunk: Buffer): void {
		if (this.#done) return;
		this.#chunks.push(chunk);
		this.#bytes += chunk.length;
		if (this.#bytes > this.#limitBytes) this.#finish(true);
	}

	#finish(truncated: boolean): void {
		if (this.#done) return;
		const body = Buffer.concat(this.#chunks, Math.min(this.#bytes, this.#limitBytes));
		this.drop();
		this.#events.onBody(body, truncated);
	}
}

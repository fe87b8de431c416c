import type { CollectorEvents } from '../decode/body-collector.ts';
import { type Collector, collectorFor } from '../decode/collector-for.ts';
import { type Coding, planDecoding } from '../decode/content-codings.ts';
import { decodePieces } from '../decode/decode-pieces.ts';
import type { DecodeFailure } from '../decode/stream-decoder.ts';
import { AbortedError, BodyTooLargeError, DecodeError, InvalidRequestError, type RequestLabel } from '../errors.ts';
import type { CollectedBody, CollectLimit, ResponseBody } from '../response/response-body.ts';
import { firstValue, type ResponseHeaders } from '../response-headers.ts';

/** The connection that a body comes from. */
export interface WireSource {
	pause(): void;
	resume(): void;
	/** The body is iterated: who asks for pieces one by one may take his time. */
	iterationBegan(): void;
	/** The rest is not wanted and short enough to be read away, within a second. */
	drain(): void;
	/** The rest is not wanted: give the connection up. */
	cut(reason: Error): void;
}

/** What the body is, as its response said. */
export interface WireBodyFacts {
	readonly request: RequestLabel;
	readonly headers: ResponseHeaders;
	/** HEAD, 204 and 304 have no body whatever their headers say. */
	readonly bodiless: boolean;
	/** Limit of an iterated body. */
	readonly maxStreamBytes: number;
	readonly decode: boolean;
}

/** So much waits for a reader before the connection is paused. */
const HIGH_WATER_BYTES = 64 * 1024;

/** An unwanted rest of up to this size is read away, to keep the connection. */
const DRAIN_BYTES = 16 * 1024;

/**
 * The body of one exchange. Until somebody reads it, it queues what arrives and pauses its connection when that is
 * enough, so that a small body frees its connection by itself and a large one costs no memory.
 */
export class WireBody implements ResponseBody, CollectorEvents {
	readonly #facts: WireBodyFacts;
	readonly #source: WireSource;
	#use: 'none' | 'collected' | 'iterated' | 'discarded' = 'none';
	#queue: Buffer[] = [];
	#queuedBytes = 0;
	#wireBytes = 0;
	#drainedBytes = 0;
	#paused = false;
	#ended = false;
	#error: Error | undefined;
	#collector: Collector | undefined;
	#collecting: PromiseWithResolvers<CollectedBody> | undefined;
	#limit: CollectLimit | undefined;
	#wake: (() => void) | undefined;

	constructor(facts: WireBodyFacts, source: WireSource) {
		this.#facts = facts;
		this.#source = source;
	}

	get wireBytes(): number {
		return this.#wireBytes;
	}

	/** Whether the connection stands still because nobody takes what has arrived. */
	get paused(): boolean {
		return this.#paused;
	}

	push(chunk: Buffer): void {
		this.#wireBytes += chunk.length;
		if (this.#use === 'discarded') {
			this.#drainedBytes += chunk.length;
			if (this.#drainedBytes > DRAIN_BYTES) this.#source.cut(new Error('The rest of the body is not wanted.'));
		} else if (this.#collector !== undefined) {
			this.#collector.push(chunk);
		} else {
			this.#queue.push(chunk);
			this.#queuedBytes += chunk.length;
			if (this.#queuedBytes >= HIGH_WATER_BYTES && !this.#paused) {
				this.#paused = true;
				this.#source.pause();
			}
			this.#wake?.();
		}
	}

	/** It arrived in full. */
	end(): void {
		this.#ended = true;
		this.#collector?.end();
		this.#wake?.();
	}

	/** It will not arrive in full. An iteration still gets what had arrived, and then the error. */
	fail(error: Error): void {
		if (this.#ended || this.#error !== undefined) return;
		this.#error = error;
		this.#collector?.drop();
		this.#collecting?.reject(error);
		this.#wake?.();
	}

	collect(limit: CollectLimit): Promise<CollectedBody> {
		this.#take('collected');
		this.#collecting = Promise.withResolvers();
		this.#limit = limit;
		try {
			this.#startCollecting(limit);
		} catch (error) {
			this.#give(error as Error);
		}
		return this.#collecting.promise;
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		this.#take('iterated');
		if (!this.#ended) this.#source.iterationBegan();
		const pieces = decodePieces(this.#pieces(), {
			codings: this.#codings(),
			contentEncoding: String(this.#facts.headers['content-encoding']),
			request: this.#facts.request,
			maxBytes: this.#facts.maxStreamBytes,
		});
		return {
			next: () => pieces.next(),
			// A generator that waits for a piece, or was never asked for one, would not hear of it.
			return: () => {
				this.discard();
				return pieces.return();
			},
		};
	}

	discard(): void {
		if (this.#use === 'discarded') return;
		this.#use = 'discarded';
		this.#queue = [];
		this.#collector?.drop();
		this.#collecting?.reject(this.#discarded());
		this.#wake?.();
		if (this.#ended || this.#error !== undefined) return;
		const rest = this.#announcedBytes() - this.#wireBytes;
		if (rest > DRAIN_BYTES) this.#source.cut(new Error('The body is not wanted.'));
		else {
			this.#source.drain();
			this.#resume();
		}
	}

	onBody(bytes: Buffer, truncated = false): void {
		this.#collecting?.resolve({ bytes, truncated });
		if (truncated && !this.#ended) this.#source.cut(new Error('The rest of the body is not wanted.'));
	}

	onWireLimit(): void {
		this.#give(new BodyTooLargeError(this.#facts.request, this.#limit?.maxBytes ?? 0, 'received'));
	}

	onDecodeFailure(failure: DecodeFailure): void {
		const encoding = String(this.#facts.headers['content-encoding']);
		this.#give(
			failure.overLimit
				? new BodyTooLargeError(this.#facts.request, this.#limit?.maxBytes ?? 0, `decoded from ${encoding}`)
				: new DecodeError(this.#facts.request, encoding, `${failure.cause.message}.`, failure.cause),
		);
	}

	/** Rejects the one who collects, and gives the connection up. */
	#give(error: Error): void {
		this.#collector?.drop();
		this.#collecting?.reject(error);
		if (!this.#ended) this.#source.cut(error);
	}

	#startCollecting(limit: CollectLimit): void {
		if (this.#error !== undefined) throw this.#error;
		const { request, bodiless } = this.#facts;
		if (!bodiless && this.#announcedBytes() > limit.maxBytes && limit.overflow === 'error') {
			throw new BodyTooLargeError(request, limit.maxBytes, `announced: ${this.#announcedBytes()}`);
		}
		const collector = collectorFor(this.#codings(), limit.maxBytes, limit.overflow, this);
		this.#collector = collector;
		const queue = this.#queue;
		this.#queue = [];
		for (const chunk of queue) collector.push(chunk);
		if (this.#ended) collector.end();
		else this.#resume();
	}

	async *#pieces(): AsyncGenerator<Buffer, void> {
		try {
			for (;;) {
				const chunk = this.#queue.shift();
				if (chunk !== undefined) {
					this.#queuedBytes -= chunk.length;
					if (this.#queuedBytes < HIGH_WATER_BYTES) this.#resume();
					yield chunk;
				} else if (this.#use === 'discarded') throw this.#discarded();
				else if (this.#error !== undefined) throw this.#error;
				else if (this.#ended) return;
				else {
					await new Promise<void>((resolve) => {
						this.#wake = resolve;
					});
					this.#wake = undefined;
				}
			}
		} finally {
			this.discard();
		}
	}

	/** @throws DecodeError when there are more codings than anybody needs. */
	#codings(): readonly Coding[] {
		if (!this.#facts.decode) return [];
		const encoding = this.#facts.headers['content-encoding'];
		const codings = planDecoding(encoding);
		if (codings !== 'too-many') return codings;
		throw new DecodeError(this.#facts.request, String(encoding), 'it has too many codings.');
	}

	#discarded(): AbortedError {
		return new AbortedError(this.#facts.request, 'its body was discarded.');
	}

	#announcedBytes(): number {
		return Number(firstValue(this.#facts.headers, 'content-length') ?? 0);
	}

	#take(use: 'collected' | 'iterated'): void {
		if (this.#use !== 'none') {
			throw new InvalidRequestError(
				`has a body that was ${this.#use === 'discarded' ? 'read or given up' : this.#use} already: it can be read once.`,
				this.#facts.request,
			);
		}
		this.#use = use;
	}

	#resume(): void {
		if (!this.#paused) return;
		this.#paused = false;
		this.#source.resume();
	}
}

import { AbortedError, BodyTooLargeError, InvalidRequestError, type RequestLabel } from '../errors.ts';
import type { CollectedBody, CollectLimit, ResponseBody } from './response-body.ts';

/** The request that a body answers. */
export interface BufferedBodyRequest extends RequestLabel {
	/** Limit of a body that is iterated. Default: none. */
	readonly maxStreamBytes?: number;
}

const PIECE_BYTES = 64 * 1024;

/** A body whose bytes are there already. Its reader gets copies: the bytes may belong to a cache and be read again. */
export class BufferedBody implements ResponseBody {
	readonly #request: BufferedBodyRequest;
	readonly #bytes: Buffer;
	readonly wireBytes: number;
	#use: 'none' | 'collected' | 'iterated' | 'discarded' = 'none';

	/** @param wireBytes how many bytes came over a connection for it; 0 for a body out of a cache. */
	constructor(request: BufferedBodyRequest, bytes: Buffer, wireBytes: number = bytes.length) {
		this.#request = request;
		this.#bytes = bytes;
		this.wireBytes = wireBytes;
	}

	async collect({ maxBytes, overflow }: CollectLimit): Promise<CollectedBody> {
		this.#take('collected');
		const { length } = this.#bytes;
		if (length <= maxBytes) return { bytes: Buffer.from(this.#bytes), truncated: false };
		if (overflow === 'error') throw new BodyTooLargeError(this.#request, maxBytes, `${length} in memory`);
		return { bytes: Buffer.from(this.#bytes.subarray(0, maxBytes)), truncated: true };
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		this.#take('iterated');
		return this.#pieces();
	}

	discard(): void {
		this.#use = 'discarded';
	}

	async *#pieces(): AsyncGenerator<Buffer, void> {
		const { maxStreamBytes = Number.POSITIVE_INFINITY } = this.#request;
		for (let start = 0; start < this.#bytes.length; start += PIECE_BYTES) {
			if (this.#use === 'discarded') throw new AbortedError(this.#request, 'its body was discarded.');
			const piece = this.#bytes.subarray(start, start + PIECE_BYTES);
			if (start + piece.length > maxStreamBytes) {
				throw new BodyTooLargeError(this.#request, maxStreamBytes, 'read so far');
			}
			yield Buffer.from(piece);
		}
	}

	#take(use: 'collected' | 'iterated'): void {
		if (this.#use !== 'none') {
			const detail = `has a body that was ${this.#use === 'discarded' ? 'read or given up' : this.#use} already: it can be read once.`;
			throw new InvalidRequestError(detail, this.#request);
		}
		this.#use = use;
	}
}

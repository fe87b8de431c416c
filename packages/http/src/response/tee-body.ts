import type { CollectedBody, CollectLimit, ResponseBody } from './response-body.ts';

/** Who wants a copy of a body, and up to which size. */
export interface TeeBodyOptions {
	/** A longer body is not copied, nor is its beginning kept. */
	readonly maxBytes: number;
	/** Called once, when the body was read to its end, with a copy that is the callee's own. Must not throw. */
	onWhole(bytes: Buffer): void;
}

/**
 * A body that copies itself while it is read. It reads nothing of its own accord: what is discarded, abandoned, cut off
 * or truncated is never handed to `onWhole`.
 */
export class TeeBody implements ResponseBody {
	readonly #body: ResponseBody;
	readonly #options: TeeBodyOptions;

	constructor(body: ResponseBody, options: TeeBodyOptions) {
		this.#body = body;
		this.#options = options;
	}

	get wireBytes(): number {
		return this.#body.wireBytes;
	}

	async collect(limit: CollectLimit): Promise<CollectedBody> {
		const collected = await this.#body.collect(limit);
		if (!collected.truncated && collected.bytes.length <= this.#options.maxBytes) {
			this.#options.onWhole(joined([collected.bytes]));
		}
		return collected;
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		const pieces = this.#body[Symbol.asyncIterator]();
		const copy = new PieceCopy(this.#options);
		return {
			async next() {
				copy.ask();
				try {
					const result = await pieces.next();
					if (result.done === true) copy.end();
					else copy.add(result.value);
					return result;
				} catch (error) {
					copy.drop();
					throw error;
				}
			},
			async return(value) {
				copy.drop();
				return (await pieces.return?.(value)) ?? { done: true, value };
			},
		};
	}

	discard(): void {
		this.#body.discard();
	}
}

/** The copy of an iterated body, for as long as it can still become whole. */
class PieceCopy {
	readonly #options: TeeBodyOptions;
	/** `undefined` once it is given up or handed out. */
	#pieces: Buffer[] | undefined = [];
	#bytes = 0;
	#asked = false;

	constructor(options: TeeBodyOptions) {
		this.#options = options;
	}

	/** Given up when a piece is asked for before the last one came: their order is not known here. */
	ask(): void {
		if (this.#asked) this.drop();
		this.#asked = true;
	}

	add(piece: Buffer): void {
		this.#asked = false;
		this.#bytes += piece.length;
		if (this.#bytes > this.#options.maxBytes) this.drop();
		// A copy, because the reader may write into the piece before the last one arrives.
		else this.#pieces?.push(Buffer.from(piece));
	}

	end(): void {
		const pieces = this.#pieces;
		this.drop();
		if (pieces !== undefined) this.#options.onWhole(joined(pieces));
	}

	drop(): void {
		this.#pieces = undefined;
	}
}

/** Memory of its own: a slice would keep the whole block alive that it was cut from. */
function joined(pieces: readonly Buffer[]): Buffer {
	const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let end = 0;
	for (const piece of pieces) end += piece.copy(whole, end);
	return whole;
}

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
		const { maxBytes, onWhole } = this.#options;
		/** `undefined` from when the body is known to be too long, cut or over. */
		let copies: Buffer[] | undefined = [];
		let bytes = 0;
		return {
			async next() {
				const result = await pieces.next();
				if (copies === undefined) return result;
				if (result.done === true) {
					const whole = joined(copies);
					copies = undefined;
					onWhole(whole);
					return result;
				}
				bytes += result.value.length;
				// A copy, because the reader may write into the piece before the last one arrives.
				if (bytes <= maxBytes) copies.push(Buffer.from(result.value));
				else copies = undefined;
				return result;
			},
			async return(value) {
				copies = undefined;
				return (await pieces.return?.(value)) ?? { done: true, value };
			},
		};
	}

	discard(): void {
		this.#body.discard();
	}
}

/** Memory of its own: a slice would keep the whole block alive that it was cut from. */
function joined(pieces: readonly Buffer[]): Buffer {
	const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let end = 0;
	for (const piece of pieces) end += piece.copy(whole, end);
	return whole;
}

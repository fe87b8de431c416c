import { Readable } from 'node:stream';
import { InvalidRequestError } from '../errors.ts';
import { BodySourceError } from './body-source-error.ts';
import type { BodyProgress } from './request-body.ts';

/** What a body can be read from piece by piece. A web `ReadableStream` is an async iterable too. */
export type PieceSource = Readable | AsyncIterable<string | Uint8Array | ArrayBuffer>;

/**
 * A source of pieces as the stream that is sent. It reads ahead no more than one stream's buffer, says BodySourceError
 * for whatever the source fails with, and lets go of the source when the request ends early.
 */
export class SourceStream extends Readable {
	readonly #source: PieceSource;
	readonly #progress: BodyProgress | undefined;
	#iterator: AsyncIterator<unknown> | undefined;

	constructor(source: PieceSource, progress?: BodyProgress) {
		super();
		this.#source = source;
		this.#progress = progress;
	}

	override _read(): void {
		this.#progress?.onAsked();
		void this.#pull();
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		if (this.#iterator === undefined || this.#source instanceof Readable) letGo(this.#source);
		else this.#iterator.return?.()?.catch(() => undefined); // The request is over: nobody is left to be told.
		callback(error);
	}

	/** Hands on one piece that is not empty. */
	async #pull(): Promise<void> {
		try {
			this.#iterator ??= this.#source[Symbol.asyncIterator]();
			for (;;) {
				const { done, value } = await this.#iterator.next();
				const piece = done ? null : asPiece(value);
				if (piece !== null && piece.length === 0) continue;
				if (this.destroyed) return;
				this.#progress?.onPiece();
				this.push(piece);
				return;
			}
		} catch (error) {
			this.destroy(error instanceof InvalidRequestError ? error : new BodySourceError(error));
		}
	}
}

/** Closes a source that nobody is reading. */
export function letGo(source: unknown): void {
	if (source instanceof Readable) source.destroy();
	else if (source instanceof ReadableStream) source.cancel().catch(() => undefined);
}

function asPiece(value: unknown): string | Uint8Array {
	if (typeof value === 'string' || value instanceof Uint8Array) return value;
	const bytes = asBytes(value);
	if (bytes !== undefined) return bytes;
	throw new InvalidRequestError(`The stream "body" gave a piece of type ${typeof value}: give strings or bytes.`);
}

/** The bytes of an `ArrayBuffer` or of any view on one, not copied. */
export function asBytes(value: unknown): Uint8Array | undefined {
	if (value instanceof Uint8Array) return value;
	if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}

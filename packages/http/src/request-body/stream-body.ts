import { Readable } from 'node:stream';
import { InvalidRequestError } from '../errors.ts';
import type { BodyProgress, RequestBody } from './request-body.ts';
import { letGo, type PieceSource, SourceStream } from './source-stream.ts';

/** A stream that the caller made: it can be sent once, and nobody knows how long it is. */
export class StreamBody implements RequestBody {
	readonly #source: PieceSource;
	readonly contentType: undefined = undefined;
	readonly length: undefined = undefined;
	readonly repeatable = false;
	readonly bytes: undefined = undefined;
	#opened = false;

	/** @throws InvalidRequestError when the stream has been read or is being read by somebody else. */
	constructor(source: PieceSource) {
		if (isSpent(source)) {
			throw new InvalidRequestError(
				'The stream "body" was read or destroyed before, or is being read: give a new one.',
			);
		}
		this.#source = source;
		// A stream may fail while its request still waits; the error is told when the stream is read.
		if (source instanceof Readable) source.on('error', () => undefined);
	}

	/** @throws InvalidRequestError the second time. */
	open(progress?: BodyProgress): Readable {
		if (this.#opened) {
			throw new InvalidRequestError(
				'The stream "body" was sent already, and a stream can be read only once: give a function that returns a new one.',
			);
		}
		this.#opened = true;
		return new SourceStream(this.#source, progress);
	}

	/** A source that is open already, such as a file, would stay so. */
	abandon(): void {
		if (this.#opened) return;
		this.#opened = true;
		letGo(this.#source);
	}
}

function isSpent(source: PieceSource): boolean {
	if (source instanceof Readable) return source.destroyed || source.readableEnded || isDisturbed(source);
	return source instanceof ReadableStream && (source.locked || isDisturbed(source));
}

/** It takes web streams too, which its types do not say. */
const isDisturbed = Readable.isDisturbed as (stream: Readable | ReadableStream) => boolean;

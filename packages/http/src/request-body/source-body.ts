import { Readable } from 'node:stream';
import { InvalidRequestError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { BlobBody } from './blob-body.ts';
import { MemoryBody } from './memory-body.ts';
import type { RequestBody } from './request-body.ts';
import { asBytes, type PieceSource } from './source-stream.ts';
import { StreamBody } from './stream-body.ts';

/** Bytes, or where they come from. A web `ReadableStream` is one of the async iterables. */
export type BodySource = string | Uint8Array | ArrayBuffer | Blob | PieceSource;

/** @throws InvalidRequestError when `source` is none of these, or a stream that was read before. */
export function sourceBody(owner: string, source: BodySource): RequestBody {
	if (typeof source === 'string') return new MemoryBody(source, 'text/plain;charset=UTF-8');
	if (source instanceof Blob) return new BlobBody(source, source.type || undefined);
	const bytes = asBytes(source);
	if (bytes !== undefined) return new MemoryBody(bytes, undefined);
	if (source instanceof Readable || Symbol.asyncIterator in Object(source))
		return new StreamBody(source as PieceSource);
	throw new InvalidRequestError(`${owner} is ${kindOf(source)}: ${wayOut(source)}`);
}

function wayOut(source: unknown): string {
	if (source instanceof URLSearchParams) return 'give it as the option "form".';
	if (source instanceof FormData) return 'give it as the option "multipart".';
	if (source instanceof Promise) return 'wait for it before.';
	return 'give a string, bytes, a Blob, a stream, an async iterable, or a function that returns one of these.';
}

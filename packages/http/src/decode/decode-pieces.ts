import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyTooLargeError, DecodeError, HttpError, type RequestLabel } from '../errors.ts';
import type { Coding } from './content-codings.ts';
import { createDecoder } from './decoder.ts';

/** How to decode a body piece by piece. */
export interface PiecesPlan {
	/** In the order to undo them. */
	readonly codings: readonly Coding[];
	/** The header as sent, for messages. */
	readonly contentEncoding: string;
	readonly request: RequestLabel;
	/** Of the result. */
	readonly maxBytes: number;
}

/** What `createDecoder` has to see of the input. */
const START_BYTES = 2;

/**
 * Undoes the codings of a body while it is iterated. Nothing runs ahead of the reader by more than a few pieces, so a
 * bomb costs its reader time and no memory.
 *
 * @throws DecodeError for a malformed or cut body, BodyTooLargeError beyond `maxBytes`, and whatever `pieces` throws.
 */
export function decodePieces(pieces: AsyncGenerator<Buffer, void>, plan: PiecesPlan): AsyncGenerator<Buffer, void> {
	let decoded = pieces;
	for (const coding of plan.codings) decoded = undo(decoded, coding, plan);
	return plan.maxBytes === Number.POSITIVE_INFINITY ? decoded : bounded(decoded, plan);
}

async function* undo(
	pieces: AsyncGenerator<Buffer, void>,
	coding: Coding,
	plan: PiecesPlan,
): AsyncGenerator<Buffer, void> {
	let decoder: Duplex | undefined;
	try {
		let start: Buffer = Buffer.alloc(0);
		while (start.length < START_BYTES) {
			const { value } = await pieces.next();
			if (value === undefined) break;
			start = start.length === 0 ? value : Buffer.concat([start, value]);
		}
		// An empty body is valid under any coding: servers label error pages without sending a byte.
		if (start.length === 0) return;
		decoder = createDecoder(coding, start);
		// The iteration below ends with the decoder's error, which is this one's as well.
		pipeline(Readable.from(startingWith(start, pieces), { objectMode: false }), decoder).catch(() => undefined);
		for await (const piece of decoder) yield piece as Buffer;
	} catch (error) {
		if (error instanceof HttpError) throw error;
		const cause = error instanceof Error ? error : new Error(String(error));
		throw new DecodeError(plan.request, plan.contentEncoding, `${cause.message}.`, cause);
	} finally {
		decoder?.destroy();
		await pieces.return();
	}
}

async function* startingWith(start: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
	yield start;
	yield* rest;
}

async function* bounded(pieces: AsyncGenerator<Buffer, void>, plan: PiecesPlan): AsyncGenerator<Buffer, void> {
	let bytes = 0;
	for await (const piece of pieces) {
		bytes += piece.length;
		if (bytes > plan.maxBytes) throw new BodyTooLargeError(plan.request, plan.maxBytes, 'read so far');
		yield piece;
	}
}

import type { ByteRange } from './byte-range.ts';

/**
 * Cuts what is missing into about `count` pieces of about the same length, none shorter than `minBytes` unless what is
 * missing is. Each piece lies within one of the missing ranges, so there are at least as many as those.
 */
export function planSegments(missing: readonly ByteRange[], count: number, minBytes: number): ByteRange[] {
	const total = missing.reduce((sum, { start, end }) => sum + end - start, 0);
	const wanted = Math.max(minBytes, Math.ceil(total / count));
	return missing.flatMap(({ start, end }) => {
		const length = end - start;
		const pieces = Math.max(1, Math.min(Math.round(length / wanted), Math.floor(length / minBytes)));
		return Array.from({ length: pieces }, (_, index) => ({
			start: start + Math.floor((length * index) / pieces),
			end: start + Math.floor((length * (index + 1)) / pieces),
		}));
	});
}

/** A piece that is being received: `position` is the next byte of it to come. */
export interface RunningPiece {
	readonly position: number;
	readonly end: number;
}

/**
 * Where somebody who has nothing left to do cuts the longest of the `running` pieces in two, to take its second half:
 * so one slow connection does not keep all others waiting at the end. `undefined` when no half would have `minBytes`.
 */
export function splitLongest<Piece extends RunningPiece>(
	running: readonly Piece[],
	minBytes: number,
): { readonly piece: Piece; readonly at: number } | undefined {
	let longest: Piece | undefined;
	let most = 0;
	for (const piece of running) {
		const left = piece.end - piece.position;
		if (left <= most) continue;
		most = left;
		longest = piece;
	}
	if (longest === undefined || most < 2 * minBytes || !Number.isFinite(most)) return undefined;
	return { piece: longest, at: longest.position + Math.ceil(most / 2) };
}

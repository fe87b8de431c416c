/** One line of a file. */
export interface Line {
	/** From 1. */
	readonly number: number;
	/** Without its end; undefined when it is over the limit. */
	readonly bytes: Buffer | undefined;
	/** The offset behind its end. */
	readonly endsAt: number;
	/** Whether a line feed ends it: the last line of a file that broke off has none. */
	readonly isWhole: boolean;
}

const LINE_FEED = 0x0a;

/**
 * The lines of `source`, one after the other, with no more of it in memory than one line and one chunk. What is over
 * `maxBytes` is read past and not kept.
 */
export async function* readLines(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line, void> {
	let number = 0;
	let endsAt = 0;
	let pieces: Buffer[] = [];
	let length = 0;
	const add = (piece: Buffer): void => {
		length += piece.length;
		endsAt += piece.length;
		if (length <= maxBytes) pieces.push(piece);
		else pieces = [];
	};
	const take = (isWhole: boolean): Line => {
		number += 1;
		if (isWhole) endsAt += 1;
		const bytes = length > maxBytes ? undefined : pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
		pieces = [];
		length = 0;
		return { number, bytes, endsAt, isWhole };
	};
	for await (const chunk of source) {
		let from = 0;
		for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
			add(chunk.subarray(from, to));
			yield take(true);
			from = to + 1;
		}
		if (from < chunk.length) add(chunk.subarray(from));
	}
	if (length > 0) yield take(false);
}

/** How many lines there are, at the price of reading them; one without an end counts. */
export async function countLines(source: AsyncIterable<Buffer>): Promise<number> {
	let count = 0;
	let last = LINE_FEED;
	for await (const chunk of source) {
		for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count += 1;
		last = chunk.at(-1) ?? last;
	}
	return last === LINE_FEED ? count : count + 1;
}

/** The bytes from `start` up to, but not including, `end`. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** How many bytes the ranges have. */
export function totalBytes(ranges: readonly ByteRange[]): number {
	return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The same bytes in the fewest ranges, in order. */
export function mergeRanges(ranges: readonly ByteRange[]): ByteRange[] {
	const merged: ByteRange[] = [];
	for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
		if (range.end <= range.start) continue;
		const last = merged.at(-1);
		if (last !== undefined && range.start <= last.end) {
			merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
		} else merged.push({ start: range.start, end: range.end });
	}
	return merged;
}

/** What a file of `size` bytes lacks when it has the ranges `held`. */
export function missingRanges(held: readonly ByteRange[], size: number): ByteRange[] {
	const missing: ByteRange[] = [];
	let start = 0;
	for (const range of mergeRanges(held)) {
		if (range.start > start) missing.push({ start, end: range.start });
		start = range.end;
	}
	if (start < size) missing.push({ start, end: size });
	return missing;
}

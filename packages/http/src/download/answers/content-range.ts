import type { ByteRange } from '../byte-range.ts';

/** What a `Content-Range` says: which part is sent, and of how many bytes; or that the file has so many and no such part. */
export interface ContentRange {
	/** `undefined` in a 416, where no part is sent. */
	readonly range: ByteRange | undefined;
	/** `undefined` when the server does not know. */
	readonly size: number | undefined;
}

/** Reads `Content-Range` (RFC 9110 §14.4); `undefined` when it is absent, of another unit or contradicts itself. */
export function parseContentRange(value: string | string[] | undefined): ContentRange | undefined {
	if (typeof value !== 'string') return undefined;
	const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/i.exec(value.trim());
	if (match === null) return undefined;
	const [, first, last, total] = match;
	const size = total === '*' ? undefined : Number(total);
	if (first === undefined || last === undefined) return size === undefined ? undefined : { range: undefined, size };
	const range = { start: Number(first), end: Number(last) + 1 };
	if (range.end <= range.start || range.end > (size ?? Number.POSITIVE_INFINITY)) return undefined;
	return { range, size };
}

/** A part of a file: from `start` to `end`, both included, as in `Content-Range`. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** Whether a `Range` field may be followed, must be answered with 416, or is to be ignored. */
export type RangeRequest =
	| { readonly kind: 'whole' }
	| { readonly kind: 'unsatisfiable' }
	| { readonly kind: 'parts'; readonly parts: readonly [ByteRange, ...ByteRange[]] };

const whole: RangeRequest = { kind: 'whole' };

/**
 * Reads a `Range` field for a file of `size` bytes (RFC 9110 section 14.1.2 and 14.2). What is malformed, or in
 * another unit than bytes, counts as no range at all.
 */
export function parseRange(field: string | undefined, size: number): RangeRequest {
	const set = /^bytes=(.+)$/i.exec(field ?? '')?.[1];
	if (set === undefined) return whole;
	const parts: ByteRange[] = [];
	for (const spec of set.split(',')) {
		const [, first = '', last = ''] = /^\s*(\d*)-(\d*)\s*$/.exec(spec) ?? [];
		if (first === '' && last === '') return whole;
		if (first !== '' && last !== '' && Number(last) < Number(first)) return whole;
		const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
		const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
		if (start <= end) parts.push({ start, end });
	}
	const [one, ...others] = parts;
	return one === undefined ? { kind: 'unsatisfiable' } : { kind: 'parts', parts: [one, ...others] };
}

/** The value of `Content-Range` (RFC 9110 section 14.4). */
export function contentRange({ start, end }: ByteRange, size: number): string {
	return `bytes ${start}-${end}/${size}`;
}

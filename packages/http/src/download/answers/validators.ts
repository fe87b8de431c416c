import type { ResponseHeaders } from '../../response-headers.ts';

/** What tells one version of a file from another. `value` is the header as sent, to be sent back as it is. */
export interface Validator {
	readonly kind: 'etag' | 'last-modified';
	readonly value: string;
}

/** A date is strong when it was this long past as the response was made: RFC 9110 §8.8.2.2 asks for one second, clocks for more. */
const SETTLED_MS = 60_000;

const STRONG_ETAG = /^"[\x21\x23-\x7e\x80-\xff]*"$/;

/**
 * The strong validator of a response: one that changes with every change of the bytes, so that two parts that carry the
 * same one belong together (RFC 9110 §8.8.1). `undefined` when there is none: a weak entity tag, which also rules the
 * date out (§13.1.5), a date that is too fresh, or nothing at all.
 */
export function strongValidator(headers: ResponseHeaders): Validator | undefined {
	const { etag } = headers;
	if (etag !== undefined) {
		return typeof etag === 'string' && STRONG_ETAG.test(etag) ? { kind: 'etag', value: etag } : undefined;
	}
	const value = strongLastModified(headers);
	return value === undefined ? undefined : { kind: 'last-modified', value };
}

/** `Last-Modified` when the file had rested for a minute as the response was made (RFC 9110 §8.8.2.2). */
export function strongLastModified(headers: ResponseHeaders): string | undefined {
	const { date, 'last-modified': modified } = headers;
	if (typeof date !== 'string' || typeof modified !== 'string') return undefined;
	return Date.parse(date) - Date.parse(modified) >= SETTLED_MS ? modified : undefined;
}

/** Whether the response is of the version that `known` stands for, of another one, or does not say. */
export function compareValidator(known: Validator, headers: ResponseHeaders): 'same' | 'other' | 'missing' {
	const value = headers[known.kind];
	if (value === undefined) return 'missing';
	return value === known.value ? 'same' : 'other';
}

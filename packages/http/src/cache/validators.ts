import type { HeaderList } from '../request-headers.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { responseValue } from './header-values.ts';

/** The headers that ask whether a stored response is still valid (RFC 9111 §4.3.1); empty when it has no validator. */
export function validatorsOf(stored: ResponseHeaders): HeaderList {
	const etag = responseValue(stored, 'etag');
	const lastModified = responseValue(stored, 'last-modified');
	return [
		...(etag === undefined ? [] : ['if-none-match', etag]),
		...(lastModified === undefined ? [] : ['if-modified-since', lastModified]),
	];
}

/** Whether a 304 speaks of this stored response, and may change its headers (RFC 9111 §4.3.4). */
export function describes(notModified: ResponseHeaders, stored: ResponseHeaders): boolean {
	const etag = responseValue(notModified, 'etag');
	if (etag !== undefined) return opaque(etag) === opaque(responseValue(stored, 'etag') ?? '');
	const lastModified = responseValue(notModified, 'last-modified');
	return lastModified === undefined || lastModified === responseValue(stored, 'last-modified');
}

/** Whether two responses have the same validators. */
export function sameValidators(one: ResponseHeaders, other: ResponseHeaders): boolean {
	return validatorsOf(one).join() === validatorsOf(other).join();
}

/** An entity tag without its mark of weakness (RFC 9110 §8.8.3.2: the weak comparison). */
function opaque(etag: string): string {
	return etag.trim().replace(/^W\//, '');
}

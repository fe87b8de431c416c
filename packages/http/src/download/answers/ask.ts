import type { RequestHeaders } from '../../request-headers.ts';
import type { ByteRange } from '../byte-range.ts';
import type { Validator } from './validators.ts';

/** One question to a server: for the whole file, for a part of a version, or whether a version is still the current one. */
export type Ask =
	| { readonly kind: 'whole' }
	| {
			readonly kind: 'part';
			readonly range: ByteRange;
			/** `undefined` only where a digest of the whole will tell, see {@link DownloadOptions.mirrors}. */
			readonly validator: Validator | undefined;
	  }
	| { readonly kind: 'check'; readonly validator: Validator };

/** Headers that a download sets itself. */
export const OWN_HEADERS: ReadonlySet<string> = new Set([
	'accept-encoding',
	'range',
	'if-range',
	'if-match',
	'if-none-match',
	'if-modified-since',
	'if-unmodified-since',
]);

/**
 * The headers that ask it. A part is asked for with `If-Range` (RFC 9110 §13.1.5), so that the server of another
 * version sends the whole of that.
 */
export function askHeaders(ask: Ask): RequestHeaders {
	const identity = { 'accept-encoding': 'identity' };
	switch (ask.kind) {
		case 'whole':
			return identity;
		case 'part': {
			const { range, validator } = ask;
			const part = { ...identity, range: `bytes=${range.start}-${range.end - 1}` };
			return validator === undefined ? part : { ...part, 'if-range': validator.value };
		}
		case 'check': {
			const { kind, value } = ask.validator;
			return { ...identity, [kind === 'etag' ? 'if-none-match' : 'if-modified-since']: value };
		}
	}
}

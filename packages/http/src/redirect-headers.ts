import { type HeaderList, keepHeaders } from './request-headers.ts';

/**
 * What may travel to another origin. A list of what to keep, because nobody can list every header that holds a secret
 * (`X-Api-Key`, `X-Auth-Token` …). Without the range and the conditions another question would be asked there: a part of
 * a file would come back as the whole of it.
 */
const CROSS_ORIGIN: ReadonlySet<string> = new Set([
	'accept',
	'accept-encoding',
	'accept-language',
	'cache-control',
	'dnt',
	'pragma',
	'upgrade-insecure-requests',
	'user-agent',
	'range',
	'if-range',
	'if-match',
	'if-none-match',
	'if-modified-since',
	'if-unmodified-since',
	'content-encoding',
	'content-language',
	'content-type',
]);

const ABOUT_THE_BODY: ReadonlySet<string> = new Set([
	'content-encoding',
	'content-language',
	'content-length',
	'content-location',
	'content-type',
]);

/** Whether a header, its name in lower case, can hold no credentials. */
export function isHarmless(name: string): boolean {
	return CROSS_ORIGIN.has(name);
}

/** The headers to send on after a redirect (RFC 9110 §15.4). */
export function headersAfterRedirect(
	headers: HeaderList,
	change: { readonly crossOrigin: boolean; readonly dropBody: boolean },
): HeaderList {
	return keepHeaders(
		headers,
		(name) =>
			name !== 'host' && !(change.crossOrigin && !isHarmless(name)) && !(change.dropBody && ABOUT_THE_BODY.has(name)),
	);
}

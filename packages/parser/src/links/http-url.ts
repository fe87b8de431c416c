import { InvalidOptionError } from '../errors.ts';

/**
 * Checks the URL a page was fetched from.
 *
 * @throws {InvalidOptionError} When it is not an absolute URL.
 */
export function parsePageUrl(pageUrl: string): URL {
	const parsed = URL.parse(pageUrl);
	if (parsed !== null) return parsed;
	const expected = 'an absolute URL such as "https://example.com/", the one that the page was fetched from';
	throw new InvalidOptionError('baseUrl', pageUrl, expected);
}

/**
 * Resolves a link as a browser does and removes its fragment.
 *
 * @returns `undefined` when it is no valid URL, or one of another scheme than `http` and `https`.
 * @see https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function resolveHttpUrl(href: string, base: string): string | undefined {
	const parsed = URL.parse(href, base);
	if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
	return withoutFragment(parsed.href);
}

/** In a serialised URL the first `#` begins the fragment. */
function withoutFragment(url: string): string {
	const hash = url.indexOf('#');
	return hash === -1 ? url : url.slice(0, hash);
}

import { parsePageUrl, resolveHttpUrl } from './http-url.ts';

/**
 * The URL that relative links of a page resolve against.
 *
 * @param pageUrl The URL the page was fetched from.
 * @param baseHref The `href` of the page's first `<base>` that has one. It is itself resolved against `pageUrl`, and
 *   ignored when it does not lead to an `http` or `https` URL.
 * @throws {TypeError} When `pageUrl` is not an absolute URL.
 * @see https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url
 */
export function documentBaseUrl(pageUrl: string, baseHref: string | undefined): string {
	const page = parsePageUrl(pageUrl).href;
	return baseHref === undefined ? page : (resolveHttpUrl(baseHref, page) ?? page);
}

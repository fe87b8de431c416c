import { documentBaseUrl } from './base-url.ts';
import { extractLinks } from './extract-links.ts';
import { scanLinks } from './scan/scan-links.ts';
import { UrlResolver } from './url-resolver.ts';

export interface ExtractUrlsOptions {
	/** Remembers resolved links from page to page: share one among all pages of a crawl. Default: one for this page. */
	resolver?: UrlResolver;
}

/**
 * The URLs a page links to by `<a href>` and `<area href>`, each once, in the order of its first link: absolute,
 * normalised, without fragment, of `http` or `https`.
 *
 * Equal to the URLs of `extractLinks` without repeats, but read by a scan of the text that builds no tree. Pages whose
 * links only a tree can tell (links moved out of a table, framesets…) take the full parser.
 *
 * @param html The text of a page.
 * @param baseUrl The URL the page was fetched from.
 * @throws {TypeError} When `baseUrl` is not an absolute URL.
 */
export function extractUrls(html: string, baseUrl: string, options: ExtractUrlsOptions = {}): string[] {
	const { resolver = new UrlResolver() } = options;
	const found = scanLinks(html);
	if (found === undefined) {
		return [...new Set(extractLinks(html, { baseUrl, resolver }).map((link) => link.url))];
	}

	const resolve = resolver.against(documentBaseUrl(baseUrl, found.baseHref));
	const urls = new Set<string>();
	for (const href of found.hrefs) {
		const url = resolve(href);
		if (url !== undefined) urls.add(url);
	}
	return [...urls];
}

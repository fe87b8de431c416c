import { InvalidOptionError } from '../errors.ts';
import { type CheerioAPI, load } from '../load.ts';
import { documentBaseUrl } from './base-url.ts';
import { type DomElement, isHtml, walk } from './dom.ts';
import { ANCHOR_ATTRIBUTES, type LinkAttributes } from './link-attributes.ts';
import { parseMetaRefresh } from './meta-refresh.ts';
import { parseSrcset } from './srcset.ts';
import { TextCollector } from './text-collector.ts';
import { UrlResolver } from './url-resolver.ts';

/** One place of a page that links somewhere. */
export interface Link {
	/** Absolute, normalised, without fragment, of `http` or `https`. */
	readonly url: string;
	/** The element's text with white space collapsed; empty for elements without any. */
	readonly text: string;
	/** The tokens of `rel` in lower case. */
	readonly rel: readonly string[];
	/** Whether `rel` says `nofollow`. */
	readonly nofollow: boolean;
	/** The tag name. */
	readonly element: string;
	/** The attribute that holds the URL. */
	readonly attribute: string;
}

export interface ExtractLinksOptions {
	/** The URL the page was fetched from. */
	baseUrl: string;
	/** Takes only elements that match this CSS selector themselves, such as `'a.next'`. Default: all. */
	selector?: string;
	/** Where to look for links. Default `ANCHOR_ATTRIBUTES`: `<a href>` and `<area href>`. */
	attributes?: LinkAttributes;
	/** Remembers resolved links from page to page. Default: one for this page. */
	resolver?: UrlResolver;
}

/**
 * The links of a page, one for each element in document order, so a URL may come more than once. `extractUrls` gives
 * each URL once, in the order of its first link here, and is many times faster.
 *
 * `<base href>` is honoured. Left out are links that are invalid or not of `http(s)`, and the content of templates.
 * SVG's `<a>` counts, with `href` or `xlink:href`.
 *
 * @param html The text of a page, or the page as given by `load`.
 * @throws {TypeError} When `baseUrl` is not an absolute URL.
 */
export function extractLinks(html: string | CheerioAPI, options: ExtractLinksOptions): Link[] {
	const { baseUrl, selector, attributes = ANCHOR_ATTRIBUTES, resolver = new UrlResolver() } = options;
	const $ = typeof html === 'string' ? load(html) : html;
	const selected = selector === undefined ? undefined : new Set<unknown>(select($, selector));

	const text = new TextCollector();
	const elements: DomElement[] = [];
	let baseHref: string | undefined;
	walk($, {
		enter(element) {
			if (element.name === 'base' && isHtml(element)) baseHref ??= element.attribs.href;
			if (!Object.hasOwn(attributes, element.name)) return;
			if (selected !== undefined && !selected.has(element)) return;
			elements.push(element);
			text.begin(element);
		},
		leave: (element) => text.end(element),
		text: (data) => text.add(data),
	});

	const resolve = resolver.against(documentBaseUrl(baseUrl, baseHref));
	return elements.flatMap((element) => {
		const rel = tokens(element.attribs.rel);
		const common = { text: text.of(element), rel, nofollow: rel.includes('nofollow'), element: element.name };
		return (attributes[element.name] ?? []).flatMap((attribute) =>
			hrefsOf(element, attribute).flatMap((href) => {
				const url = resolve(href);
				return url === undefined ? [] : [{ url, ...common, attribute }];
			}),
		);
	});
}

/** The links in one attribute. Only an anchor may leave it empty and mean the page itself. */
function hrefsOf(element: DomElement, attribute: string): string[] {
	const value = element.attribs[attribute];
	if (value === undefined) return [];
	if (attribute === 'srcset' || attribute === 'imagesrcset') return parseSrcset(value);
	if (element.name === 'meta') {
		const refresh = isRefresh(element) ? parseMetaRefresh(value) : undefined;
		return refresh === undefined ? [] : [refresh];
	}
	return value === '' && !Object.hasOwn(ANCHOR_ATTRIBUTES, element.name) ? [] : [value];
}

function isRefresh(element: DomElement): boolean {
	return element.attribs['http-equiv']?.toLowerCase() === 'refresh';
}

function tokens(list: string | undefined): string[] {
	if (list === undefined) return [];
	return list
		.toLowerCase()
		.split(/[\t\n\f\r ]+/)
		.filter((token) => token !== '');
}

function select($: CheerioAPI, selector: string): unknown[] {
	try {
		return $(selector).toArray();
	} catch (error) {
		throw new InvalidOptionError('selector', selector, `a CSS selector (${(error as Error).message})`);
	}
}

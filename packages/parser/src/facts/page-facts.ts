import type { LanguageAlternate } from '../language-alternate.ts';
import { documentBaseUrl } from '../links/base-url.ts';
import { resolveHttpUrl } from '../links/http-url.ts';
import { type CheerioAPI, load } from '../load.ts';
import { type HeadersInput, headerValues } from './headers.ts';
import { type JsonLdObject, parseJsonLd } from './json-ld.ts';
import { parseLinkHeader } from './link-header.ts';
import { collectOpenGraph, type OpenGraph } from './open-graph.ts';
import {
	headerDirectives,
	mergeDirectives,
	metaDirectives,
	productToken,
	type RobotsDirectives,
} from './robots-directives.ts';

/** What else `pageFacts` may look at. */
export interface PageFactsOptions {
	/** The response's headers: `X-Robots-Tag`, `Link` and `Content-Language` are read. */
	readonly headers?: HeadersInput;
	/** Your crawler's User-Agent or product token: directives addressed to it by name then count too. */
	readonly userAgent?: string;
}

/** What a page says about itself. */
export interface PageFacts {
	readonly title: string | undefined;
	readonly description: string | undefined;
	/** Absolute, without fragment; from `<link rel=canonical>`, else from the Link header. */
	readonly canonical: string | undefined;
	readonly robots: RobotsDirectives;
	/** Short for `robots.noindex`. */
	readonly noindex: boolean;
	/** Short for `robots.nofollow`. */
	readonly nofollow: boolean;
	/** The language tag as written: `<html lang>`, else the pragma, else the Content-Language header. */
	readonly language: string | undefined;
	readonly alternates: readonly LanguageAlternate[];
	readonly openGraph: OpenGraph;
	/** Structured data in document order; a script with an array gives each of its objects. */
	readonly jsonLd: readonly JsonLdObject[];
	/** How many scripts or array entries were no JSON object, and were left out. */
	readonly brokenJsonLd: number;
}

interface Meta {
	readonly name: string;
	readonly property: string;
	readonly httpEquiv: string;
	readonly content: string;
}

/**
 * Collects what a page says about itself in its head and its headers.
 *
 * Sources: WHATWG HTML; RFC 6596 (canonical); RFC 8288 (Link); ogp.me; JSON-LD 1.1; Google's documentation of the
 * robots meta tag and `X-Robots-Tag`, which no RFC covers.
 *
 * @param page a loaded page, or its HTML
 * @param baseUrl the URL the page came from; relative URLs resolve against it and the page's `<base>`
 * @throws TypeError when `baseUrl` is not an absolute URL
 */
export function pageFacts(page: CheerioAPI | string, baseUrl: string | URL, options: PageFactsOptions = {}): PageFacts {
	const $ = typeof page === 'string' ? load(page) : page;
	const base = documentBaseUrl(String(baseUrl), $('base[href]').first().attr('href'));
	const metas = readMetas($);
	const links = readLinks($, options.headers);
	const robots = mergeDirectives(robotsParts(metas, options));
	const jsonLd = parseJsonLd(jsonLdScripts($));
	return {
		title: text($('title').not('svg title').first().text()),
		description: text(metas.find((meta) => meta.name === 'description' && meta.content.trim())?.content),
		canonical: firstDefined(links, (link) =>
			link.rels.includes('canonical') ? resolveLink(link.href, base) : undefined,
		),
		robots,
		noindex: robots.noindex,
		nofollow: robots.nofollow,
		language: languageOf($, metas, options.headers),
		alternates: links.flatMap((link) => alternateOf(link, base)),
		openGraph: collectOpenGraph(openGraphPairs(metas), (href) => resolveLink(href, base)),
		jsonLd: jsonLd.items,
		brokenJsonLd: jsonLd.broken,
	};
}

function readMetas($: CheerioAPI): readonly Meta[] {
	return Array.from($('meta'), ({ attribs }) => ({
		name: (attribs.name ?? '').trim().toLowerCase(),
		property: (attribs.property ?? '').trim(),
		httpEquiv: (attribs['http-equiv'] ?? '').trim().toLowerCase(),
		content: attribs.content ?? '',
	}));
}

interface Link {
	readonly href: string;
	readonly rels: readonly string[];
	readonly hreflang: string | undefined;
}

/** Links of the markup first: they describe this page, where a header is often set for a whole site. */
function readLinks($: CheerioAPI, headers: HeadersInput | undefined): readonly Link[] {
	const inMarkup = Array.from($('link[rel][href]'), ({ attribs }) => ({
		href: attribs.href ?? '',
		rels: (attribs.rel ?? '').toLowerCase().split(/\s+/),
		hreflang: attribs.hreflang,
	}));
	return [...inMarkup, ...headerValues(headers, 'link').flatMap(parseLinkHeader)];
}

function robotsParts(metas: readonly Meta[], { headers, userAgent }: PageFactsOptions): readonly string[] {
	const agent = userAgent === undefined ? undefined : productToken(userAgent);
	const fromMarkup = metas
		.filter(({ name }) => name === 'robots' || (agent && name === agent))
		.flatMap(({ content }) => metaDirectives(content));
	const fromHeader = headerValues(headers, 'x-robots-tag').flatMap((value) => headerDirectives(value, agent));
	return [...fromMarkup, ...fromHeader];
}

/** Source: WHATWG HTML, "the lang and xml:lang attributes" and "pragma-set default language". */
function languageOf($: CheerioAPI, metas: readonly Meta[], headers: HeadersInput | undefined): string | undefined {
	const pragma = metas.find(({ httpEquiv }) => httpEquiv === 'content-language')?.content;
	const declared = [$('html').attr('lang'), pragma, ...headerValues(headers, 'content-language')];
	// A list of languages says whom the page is for, not what it is written in.
	return firstDefined(declared, (tag) => (tag?.includes(',') ? undefined : text(tag)));
}

function alternateOf({ href, rels, hreflang }: Link, base: string): LanguageAlternate[] {
	const tag = text(hreflang);
	if (!rels.includes('alternate') || tag === undefined) return [];
	const url = resolveLink(href, base);
	return url === undefined ? [] : [{ hreflang: tag, url }];
}

/** Many pages write `name` where the vocabulary wants `property`. */
function* openGraphPairs(metas: readonly Meta[]): Generator<readonly [string, string]> {
	for (const { property, name, content } of metas) {
		// Several properties may share one content (RDFa).
		for (const key of (property || name).split(/\s+/)) if (key !== '' && content !== '') yield [key, content];
	}
}

function* jsonLdScripts($: CheerioAPI): Generator<string> {
	for (const script of $('script[type]')) {
		const essence = (script.attribs.type ?? '').split(';', 1)[0]?.trim().toLowerCase();
		if (essence === 'application/ld+json') yield $(script).text();
	}
}

/** An empty href would resolve to the page itself, which is never what was meant. */
function resolveLink(href: string, base: string): string | undefined {
	const trimmed = href.trim();
	return trimmed === '' ? undefined : resolveHttpUrl(trimmed, base);
}

/** Trimmed, with runs of whitespace as one space; `undefined` when nothing is left. */
function text(value: string | undefined): string | undefined {
	return value?.replace(/[\t\n\f\r ]+/g, ' ').trim() || undefined;
}

function firstDefined<T, R>(values: Iterable<T>, pick: (value: T) => R | undefined): R | undefined {
	for (const value of values) {
		const picked = pick(value);
		if (picked !== undefined) return picked;
	}
	return undefined;
}

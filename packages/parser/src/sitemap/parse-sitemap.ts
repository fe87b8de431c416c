import { decodeBody } from '../encoding/decode-body.ts';
import { InvalidOptionError, InvalidUrlError } from '../errors.ts';
import { EntryReader } from './entry-reader.ts';
import { readXml } from './read-xml.ts';
import { SitemapCollector } from './sitemap-collector.ts';
import type { Sitemap } from './sitemap-entry.ts';

/** Options of `parseSitemap`. */
export interface ParseSitemapOptions {
	/**
	 * Stop after this many entries, URLs and sitemaps together. Default 50,000, as the protocol allows no more;
	 * `Infinity` takes all.
	 */
	readonly maxEntries?: number;
}

const MAX_ENTRIES = 50_000;

/** Something before the root, such as a server's warning, must not turn XML into a list of lines. */
const XML = /^\s*<|<(?:[\w.-]+:)?(?:urlset|sitemapindex|rss|feed|rdf)\b/i;
const XML_LOOKAHEAD = 4096;

/**
 * Reads a sitemap, a sitemap index, an RSS or Atom feed, or a plain list of URLs, and keeps whatever can be read: an
 * entry cut off by the end of the file or without an http(s) URL is left out, all others stay. An empty body is an
 * empty sitemap.
 *
 * Give it decompressed bytes: what ends in `.gz` is the caller's to unpack, with a limit on the result.
 * Whether an entry may speak for its host is the caller's to decide too.
 *
 * Source: sitemaps.org protocol 0.9; RSS 2.0; RFC 4287.
 *
 * @param sitemap text, or bytes that are decoded as XML is
 * @param sitemapUrl where it came from; relative locations resolve against it
 * @throws InvalidUrlError when `sitemapUrl` is not an absolute URL
 * @throws InvalidOptionError when `maxEntries` is no number above 0
 */
export function parseSitemap(
	sitemap: string | Uint8Array,
	sitemapUrl: string | URL,
	{ maxEntries = MAX_ENTRIES }: ParseSitemapOptions = {},
): Sitemap {
	const base = URL.parse(String(sitemapUrl));
	if (base === null) throw new InvalidUrlError(String(sitemapUrl));
	if (typeof maxEntries !== 'number' || !(maxEntries > 0)) {
		throw new InvalidOptionError('parseSitemap.maxEntries', maxEntries, 'a number above 0');
	}
	const text = typeof sitemap === 'string' ? sitemap : decodeBody(sitemap, 'text/xml').text;
	const collector = new SitemapCollector(base.href, maxEntries);
	if (XML.test(text.slice(0, XML_LOOKAHEAD))) readXml(text, new EntryReader(collector));
	else readLines(text, collector);
	return collector.result();
}

/** Source: sitemaps.org, "text file": one URL a line. */
function readLines(text: string, collector: SitemapCollector): void {
	for (const [line] of text.matchAll(/[^\r\n]+/g)) {
		// Unlike a location in XML, a line of prose must not resolve to a URL.
		if (/^\s*https?:\/\//i.test(line)) collector.add({ kind: 'url', loc: line, alternates: [] });
		if (collector.isTruncated) return;
	}
}

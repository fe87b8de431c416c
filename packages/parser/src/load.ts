import { createRequire } from 'node:module';
import type { CheerioAPI, CheerioOptions } from 'cheerio';

export type { CheerioAPI };

const require = createRequire(import.meta.url);
let cheerio: typeof import('cheerio') | undefined;

/**
 * Parses a page into cheerio's API with its full parser, parse5, as a browser without scripting would: what stands
 * in `<noscript>` is markup.
 *
 * Cheerio takes over 100 ms to import, so it is loaded on the first call and not with this package.
 *
 * @param html The text of a page. See `decode` for bytes.
 * @param options Cheerio's own options; `scriptingEnabled` is `false` unless given.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#scripting-flag
 */
export function load(html: string, options?: CheerioOptions): CheerioAPI {
	cheerio ??= require('cheerio') as typeof import('cheerio');
	return cheerio.load(html, { scriptingEnabled: false, ...options });
}

import { load } from 'cheerio';
import { resolveLinks } from '../resolve-links.ts';
import type { ParseContestant } from './contract.ts';

/** The usual way: a whole tree by parse5, then a selector. */
const extract: ParseContestant = (html, base) => {
	const $ = load(html);
	const hrefs = $('a[href]').map((_, anchor) => $(anchor).attr('href'));
	return resolveLinks(hrefs.get(), base);
};

export default extract;

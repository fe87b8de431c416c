import { extractUrls } from '@orbweaver/parser';
import type { ParseContestant } from './contract.ts';

/** Our scan of the text, as the crawler uses it but without its memory of links from page to page. */
const extract: ParseContestant = (html, base) => extractUrls(html, base);

export default extract;

import { anchorHrefs } from '../anchor-hrefs.ts';
import { resolveLinks } from '../resolve-links.ts';
import type { ParseContestant } from './contract.ts';

/** One pass of htmlparser2's SAX parser, no tree. */
const extract: ParseContestant = (html, base) => resolveLinks(anchorHrefs(html), base);

export default extract;

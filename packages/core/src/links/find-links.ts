import { decodeBody, extractUrls, type UrlResolver } from '@orbweaver/parser';
import { linkFilter } from '../crawler/link-filter.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import type { FoundLinks, LinkTask } from './found-links.ts';

/** What finding links needs to know. */
export interface LinkRules {
	readonly resolver: UrlResolver;
	readonly keys: UrlKeys;
	isKnown(uniqueKey: string): boolean;
}

/** The links of a page that may be followed, and those of them that are not known. */
export function findLinks(task: LinkTask, { resolver, keys, isKnown }: LinkRules): FoundLinks {
	const { text } = decodeBody(task.bytes, task.contentType);
	const accepts = linkFilter(task.filter, task.from);
	const urls = extractUrls(text, task.url, { resolver }).filter(accepts);
	return { lines: urls.join('\n'), fresh: urls.filter((url) => !isKnown(keys.of(url))) };
}

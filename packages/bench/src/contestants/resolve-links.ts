/** The different http(s) addresses that `hrefs` lead to from `base`, without fragments, in the order of the page. */
export function resolveLinks(hrefs: Iterable<string>, base: string): string[] {
	const links = new Set<string>();
	for (const href of hrefs) {
		const link = URL.parse(href, base);
		if (link?.protocol !== 'https:' && link?.protocol !== 'http:') continue;
		link.hash = '';
		links.add(link.href);
	}
	return [...links];
}

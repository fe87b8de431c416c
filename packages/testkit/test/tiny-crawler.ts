/** The hrefs of a page, resolved, without fragments. Good enough for pages whose markup we write ourselves. */
export function linksOf(html: string, url: string): string[] {
	const visible = html.replaceAll(/<!--.*?-->|<(script|style)\b.*?<\/\1>/gs, '');
	const base = new URL(/<base href="([^"]*)"/.exec(visible)?.[1] ?? '', url);
	return [...visible.matchAll(/<a\s[^>]*>/g)].flatMap(([tag]) => {
		if (tag.includes('nofollow')) return [];
		const [, double, single, bare] = /\shref=(?:"([^"]*)"|'([^']*)'|([^\s>]*))/.exec(tag) ?? [];
		const href = double ?? single ?? bare;
		const resolved =
			href === undefined ? null : URL.parse(href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), base.href);
		if (resolved === null) return [];
		resolved.hash = '';
		return [resolved.href];
	});
}

/** The shop's normal form: no campaign parameters, query sorted by name. */
function normalForm(url: string): string {
	const normal = new URL(url);
	for (const name of [...normal.searchParams.keys()]) if (name.startsWith('utm_')) normal.searchParams.delete(name);
	normal.searchParams.sort();
	normal.hash = '';
	return normal.href;
}

export interface Visit {
	readonly status: number;
	readonly html: string;
	readonly foundOn: string;
	readonly location: string | undefined;
}

/** Follows every link and redirect of one origin that `allowed` lets through, eight at a time, each URL once. */
export async function crawl(
	start: string,
	allowed: (url: string) => boolean = () => true,
): Promise<Map<string, Visit>> {
	const visits = new Map<string, Visit>();
	const queue = [{ url: start, foundOn: '' }];
	const known = new Set([start]);
	const { origin } = new URL(start);
	const add = (url: string, foundOn: string): void => {
		const normal = URL.canParse(url) && url.startsWith(`${origin}/`) ? normalForm(url) : undefined;
		if (normal === undefined || known.has(normal) || !allowed(normal)) return;
		known.add(normal);
		queue.push({ url: normal, foundOn });
	};
	const visit = async ({ url, foundOn }: { url: string; foundOn: string }): Promise<void> => {
		let response = await fetch(url, { redirect: 'manual' });
		if (response.status === 503) {
			await response.text();
			response = await fetch(url, { redirect: 'manual' });
		}
		const location = response.headers.get('location') ?? undefined;
		const html = await response.text();
		visits.set(url, { status: response.status, html, foundOn, location });
		if (location !== undefined) add(new URL(location, url).href, url);
		for (const link of linksOf(html, url)) add(link, url);
	};
	while (queue.length > 0) await Promise.all(queue.splice(0, 8).map(visit));
	return visits;
}

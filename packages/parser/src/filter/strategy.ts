import { registrableDomain } from '../url/registrable-domain.ts';
import type { UrlTest } from './patterns.ts';

/**
 * How far a crawl may move from its base URL; the values are those of Crawlee's `EnqueueStrategy`.
 * The port counts in all but `all`, as it does in Crawlee's `enqueueLinks`.
 *
 * - `all`: any site.
 * - `same-hostname`: the same hostname, over http or https.
 * - `same-domain`: the same registrable domain and its subdomains, over http or https.
 * - `same-origin`: the same scheme, hostname and port (RFC 6454).
 */
export type FilterStrategy = 'all' | 'same-hostname' | 'same-domain' | 'same-origin';

/** The test for one strategy, over absolute URLs as the URL standard writes them. */
export function compileStrategy(strategy: FilterStrategy, base: URL): UrlTest {
	switch (strategy) {
		case 'all':
			return () => true;
		case 'same-hostname':
			return startsWithOneOf([`http://${base.host}/`, `https://${base.host}/`]);
		case 'same-origin':
			return startsWithOneOf([`${base.origin}/`]);
		case 'same-domain': {
			const port = base.port && `:${base.port}`;
			const domain = `${registrableDomain(base) ?? base.hostname}${port}`;
			const below = `.${domain}`;
			return (url) => {
				const host = hostOf(url);
				return host === domain || host.endsWith(below);
			};
		}
	}
}

/** Compares strings only, and takes just the few URLs apart that may have a user name in front of the host. */
function startsWithOneOf(starts: readonly string[]): UrlTest {
	return (url) => {
		for (const start of starts) if (url.startsWith(start)) return true;
		if (!url.includes('@')) return false;
		const scheme = url.slice(0, url.indexOf('://') + 3);
		return starts.includes(`${scheme}${hostOf(url)}/`);
	};
}

function hostOf(url: string): string {
	const start = url.indexOf('://') + 3;
	const authority = url.slice(start, url.indexOf('/', start));
	return authority.slice(authority.lastIndexOf('@') + 1);
}

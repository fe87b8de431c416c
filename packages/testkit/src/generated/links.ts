import type { Random } from '../random.ts';
import type { GeneratedSite } from './options.ts';
import { hasPrintView, pagePath, printable, printPath } from './urls.ts';

/** Pages form a tree of this width, so that all are reached from the index however the other links fall. */
const childrenPerPage = 4;

const navLinks: Readonly<Record<GeneratedSite['profile'], number>> = { small: 9, real: 14 };
const footLinks = 3;

/** The shared links, the same absolute paths on every page: the index first. */
export function sharedPaths({ profile, pages }: GeneratedSite): {
	readonly nav: readonly string[];
	readonly foot: readonly string[];
} {
	const spread = (n: number, from: number, of: number): string[] =>
		Array.from({ length: n }, (_, k) => pagePath(Math.floor(((from + k) * pages) / of) % pages));
	const nav = navLinks[profile];
	return { nav: spread(nav, 0, nav), foot: spread(footLinks, 1, nav + 5) };
}

/**
 * The hrefs in the body of page `i`, in the order in which they appear: first those that hold the site together, then
 * a mix as on real pages. Ampersands are not escaped yet.
 */
export function bodyHrefs(site: GeneratedSite, i: number, count: number, random: Random): string[] {
	const hrefs = structuralPaths(site, i).map((path) => relativeTo(path, i));
	while (hrefs.length < count) hrefs.push(mixedHref(site, i, hrefs, random));
	return hrefs;
}

function structuralPaths({ pages }: GeneratedSite, i: number): string[] {
	const first = i * childrenPerPage + 1;
	const children = Array.from({ length: childrenPerPage }, (_, k) => first + k).filter((child) => child < pages);
	return [...children.map(pagePath), ...(hasPrintView(i) ? [printPath(i)] : [])];
}

function mixedHref({ origin, pages }: GeneratedSite, i: number, before: readonly string[], random: Random): string {
	const near = pagePath(Math.min(pages - 1, Math.floor(i / 100) * 100 + random.int(0, 99)));
	const anywhere = pagePath(random.int(0, pages - 1));
	const kind = random.next();
	if (kind < 0.2) return relativeTo(near, i);
	if (kind < 0.3) return relativeTo(anywhere, i);
	if (kind < 0.6) return anywhere;
	if (kind < 0.7) return origin + anywhere;
	if (kind < 0.8)
		return `http://external.invalid/${random.pick(['news', 'wiki', 'shop', 'blog'])}/${random.int(1, 5000)}`;
	if (kind < 0.92 && before.length > 0) return random.pick(before);
	if (kind < 0.96) return `#part-${random.int(1, 9)}`;
	if (kind < 0.98) return `${anywhere}#part-${random.int(1, 9)}`;
	return printPath(printable(random.int(0, pages - 1)));
}

/** The shortest way to write `path` on page `i`, which is at the root or one folder deep. */
function relativeTo(path: string, i: number): string {
	if (path.startsWith('/?')) return i === 0 ? path.slice(1) : `..${path}`;
	if (path === '/') return i === 0 ? './' : '../';
	if (i === 0) return path.slice(1);
	const folder = pagePath(i).slice(0, pagePath(i).lastIndexOf('/') + 1);
	return path.startsWith(folder) ? path.slice(folder.length) : `..${path}`;
}

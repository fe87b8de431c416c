import { InvalidUrlError } from '../errors.ts';
import { compileRules, type NormalizeRules } from './normalize-rules.ts';
import { normalizePercentEncoding } from './percent-encoding.ts';
import { removeEmptyParams, removeParams, sortParams } from './query.ts';

/**
 * One spelling for URLs that mean the same page. Without `rules`: the WHATWG serialisation (scheme and host in lower
 * case, IDNA, no default port, no dot segments) without the fragment, which no server ever sees. `rules` merge more,
 * each at its own risk. The answer normalised again with the same rules is itself.
 *
 * Never changed: the case of path and query, repeated keys, doubled slashes, user names, and what `%2F`, `%26` or
 * `+` stand for.
 *
 * Sources: WHATWG URL; RFC 3986 §6.
 *
 * @throws InvalidUrlError when `url` is not an absolute URL
 * @throws InvalidOptionError when a rule has a value it cannot have
 */
export function normalizeUrl(url: string | URL, rules?: NormalizeRules): string {
	const normalized = tryNormalizeUrl(url, rules);
	if (normalized === undefined) throw new InvalidUrlError(String(url));
	return normalized;
}

/**
 * Like `normalizeUrl`, but answers `undefined` for what is no absolute URL.
 *
 * @throws InvalidOptionError when a rule has a value it cannot have
 */
export function tryNormalizeUrl(url: string | URL, rules?: NormalizeRules): string | undefined {
	const href = typeof url === 'string' ? URL.parse(url)?.href : url.href;
	if (href === undefined) return undefined;
	const hash = href.indexOf('#');
	const withoutFragment = hash === -1 ? href : href.slice(0, hash);
	if (rules === undefined) return withoutFragment;

	const compiled = compileRules(rules);
	const fragment = hash === -1 || hash === href.length - 1 ? '' : compiled.fragment(href.slice(hash));
	const mark = withoutFragment.indexOf('?');
	let path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
	let query = mark === -1 ? undefined : withoutFragment.slice(mark + 1);

	if (compiled.percentEncoding) {
		path = normalizePath(path);
		query = query && normalizePercentEncoding(query);
	}
	if (compiled.trailingSlash) path = compiled.trailingSlash(path);
	if (query && compiled.isRemovedParam) {
		const left = removeParams(query, compiled.isRemovedParam);
		query = left === '' ? undefined : left;
	}
	if (query && compiled.sortQuery) query = sortParams(query);
	if (query !== undefined && compiled.removeEmptyQuery) query = removeEmptyParams(query) || undefined;
	return path + (query === undefined ? '' : `?${query}`) + fragment;
}

/**
 * Leaves the authority alone: in `user%3A:pass@host` the URL standard alone says what is escaped. So are paths of
 * files, where a letter that is decoded can become a drive: `file:///%41|` is no `file:///A:`.
 */
function normalizePath(url: string): string {
	if (url.startsWith('file:')) return url;
	const start = pathStart(url);
	return url.slice(0, start) + normalizePercentEncoding(url.slice(start));
}

function pathStart(url: string): number {
	const colon = url.indexOf(':') + 1;
	if (!url.startsWith('//', colon)) return colon;
	const slash = url.indexOf('/', colon + 2);
	return slash === -1 ? url.length : slash;
}

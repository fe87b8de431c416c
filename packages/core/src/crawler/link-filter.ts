import { UrlFilter } from '@orbweaver/parser';

/** A glob on the whole URL, as Crawlee takes it. */
type GlobInput = string | { readonly glob: string };
/** A regular expression on the whole URL, as Crawlee takes it. */
type RegExpInput = RegExp | { readonly regexp: RegExp };

/** Which links are followed. All that is given must hold. */
export interface LinkFilterOptions {
	/**
	 * How far a link may lead from the page: `'same-hostname'` (the host and its port), `'same-domain'` (subdomains
	 * too), `'same-origin'` (the scheme too), `'all'`. Default `'same-hostname'`; with globs or regexps `'all'`.
	 */
	readonly strategy?: 'all' | 'same-domain' | 'same-hostname' | 'same-origin';
	/** The link must match one of these, or one of `regexps`. */
	readonly globs?: readonly GlobInput[];
	/** The link must match one of these, or one of `globs`. */
	readonly regexps?: readonly RegExpInput[];
	/** The link must match none of these. */
	readonly exclude?: readonly (GlobInput | RegExpInput)[];
}

/** The page that a link is on. */
export interface LinkOrigin {
	readonly url: string;
	readonly loadedUrl?: string | undefined;
}

/** Made filters, by what they were made of: compiling globs for each page would cost more than the page. */
const filters = new Map<string, UrlFilter>();

/** Answers whether a normalised URL may be followed from the page. */
export function linkFilter(options: LinkFilterOptions, from: LinkOrigin): (url: string) => boolean {
	const baseUrl = filterBase(from, options.strategy);
	const { origin } = new URL(baseUrl);
	const key = isUnfiltered(options) ? origin : patternKey(options, origin);
	let filter = filters.get(key);
	if (filter === undefined) {
		filter = new UrlFilter({ ...filterOptions(options), baseUrl: origin });
		if (filters.size >= 1_000) filters.clear();
		filters.set(key, filter);
	}
	const known = filter;
	return (url) => known.accepts(url);
}

function patternKey({ strategy, globs = [], regexps = [], exclude = [] }: LinkFilterOptions, origin: string): string {
	// A list tells a regular expression from a glob that looks like it.
	const parts = [globs, regexps, exclude].map((inputs) => inputs.map((input) => describePattern(plain(input))));
	return JSON.stringify([origin, strategy, ...parts]);
}

function describePattern(pattern: string | RegExp): string | string[] {
	return typeof pattern === 'string' ? pattern : [pattern.source, pattern.flags];
}

function filterOptions({ strategy, globs, regexps, exclude }: LinkFilterOptions): LinkFilterOptions {
	return {
		...(strategy && { strategy }),
		...(globs && { globs }),
		...(regexps && { regexps }),
		...(exclude && { exclude }),
	};
}

function plain(input: GlobInput | RegExpInput): string | RegExp {
	if (typeof input === 'string' || input instanceof RegExp) return input;
	return 'glob' in input ? input.glob : input.regexp;
}

/** True when the options that matter here are those of a bare `enqueueLinks()`. */
function isUnfiltered({ strategy, globs, regexps, exclude }: LinkFilterOptions): boolean {
	return strategy === undefined && !globs?.length && !regexps?.length && !exclude?.length;
}

/** After a redirect to another site, links are still measured by the site that was asked for, as in Crawlee. */
function filterBase({ url, loadedUrl }: LinkOrigin, strategy: LinkFilterOptions['strategy']): string {
	return strategy === 'all' && loadedUrl !== undefined ? loadedUrl : url;
}

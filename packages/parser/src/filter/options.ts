import { InvalidOptionError } from '../errors.ts';
import type { GlobInput, RegExpInput } from './patterns.ts';
import type { FilterStrategy } from './strategy.ts';

/** Which URLs a crawl takes up. What is not given does not restrict. */
export interface UrlFilterOptions {
	/**
	 * How far links may lead away from `baseUrl`; combines with the patterns. Default: `same-hostname` when there is a
	 * `baseUrl` and neither `globs` nor `regexps`, else `all`, as in Crawlee.
	 */
	readonly strategy?: FilterStrategy;
	/** The absolute URL that `strategy` compares with. Compulsory for every strategy but `all`. */
	readonly baseUrl?: string | URL;
	/** With `regexps`: at least one pattern must match the whole URL. An empty list counts as not given. */
	readonly globs?: readonly GlobInput[];
	/** With `globs`: at least one pattern must match. */
	readonly regexps?: readonly RegExpInput[];
	/** What matches here is rejected, whatever else matches. */
	readonly exclude?: readonly (GlobInput | RegExpInput)[];
	/** When given, paths with any other extension are rejected; paths without one pass. `['html', 'php']` */
	readonly allowedExtensions?: readonly string[];
	/** Paths with one of these extensions are rejected. See `BINARY_EXTENSIONS`. */
	readonly deniedExtensions?: readonly string[];
	/** Longer URLs are rejected, in UTF-16 code units. Default: no limit. */
	readonly maxUrlLength?: number;
	/** Links deeper than this are rejected; start URLs have depth 0. Default: no limit. */
	readonly maxDepth?: number;
}

const OPTION_NAMES: readonly (keyof UrlFilterOptions)[] = [
	'strategy',
	'baseUrl',
	'globs',
	'regexps',
	'exclude',
	'allowedExtensions',
	'deniedExtensions',
	'maxUrlLength',
	'maxDepth',
];

const STRATEGIES: readonly string[] = ['all', 'same-hostname', 'same-domain', 'same-origin'];

/** @throws InvalidOptionError for a name that is no option, as a misspelt restriction restricts nothing */
export function checkOptionNames(options: UrlFilterOptions): void {
	for (const [name, value] of Object.entries(options)) {
		if (!OPTION_NAMES.some((known) => known === name)) {
			throw new InvalidOptionError(`UrlFilter.${name}`, value, `one of the known options (${OPTION_NAMES.join(', ')})`);
		}
	}
}

/** The strategy with its default, and the base URL that goes with it. */
export function resolveStrategy(options: UrlFilterOptions): { strategy: FilterStrategy; base: URL | undefined } {
	const base = options.baseUrl === undefined ? undefined : URL.parse(String(options.baseUrl));
	if (base === null || (base && !/^https?:$/.test(base.protocol))) {
		throw new InvalidOptionError('UrlFilter.baseUrl', options.baseUrl, 'an absolute http or https URL');
	}
	const hasPatterns = Boolean(options.globs?.length || options.regexps?.length);
	const strategy = options.strategy ?? (base && !hasPatterns ? 'same-hostname' : 'all');
	if (!STRATEGIES.includes(strategy)) {
		throw new InvalidOptionError('UrlFilter.strategy', strategy, `one of ${STRATEGIES.join(', ')}`);
	}
	if (strategy !== 'all' && !base) {
		throw new InvalidOptionError('UrlFilter.baseUrl', undefined, `given with the strategy "${strategy}"`);
	}
	return { strategy, base };
}

/** A list of extensions, without dots and in lower case. */
export function resolveExtensions(
	name: 'allowedExtensions' | 'deniedExtensions',
	list: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
	if (list === undefined) return undefined;
	if (!Array.isArray(list) || !list.every((extension) => typeof extension === 'string' && extension !== '')) {
		throw new InvalidOptionError(`UrlFilter.${name}`, list, 'a list of extensions such as "pdf"');
	}
	return new Set(list.map((extension) => extension.replace(/^\./, '').toLowerCase()));
}

/** A limit, or infinity when there is none. */
export function resolveLimit(name: 'maxUrlLength' | 'maxDepth', value: number | undefined): number {
	if (value === undefined) return Number.POSITIVE_INFINITY;
	if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
		throw new InvalidOptionError(`UrlFilter.${name}`, value, 'a number not below 0');
	}
	return value;
}

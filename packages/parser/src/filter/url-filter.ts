import { extensionOf } from './extension.ts';
import {
	checkOptionNames,
	resolveExtensions,
	resolveLimit,
	resolveStrategy,
	type UrlFilterOptions,
} from './options.ts';
import { compilePatterns, type UrlTest } from './patterns.ts';
import { compileStrategy } from './strategy.ts';

/**
 * Why a URL was rejected: it is no absolute URL (`invalid`), neither http nor https (`protocol`), longer than
 * `maxUrlLength` (`length`), deeper than `maxDepth` (`depth`), outside the `strategy`, has a refused `extension`,
 * matches `exclude`, or matches none of the `globs` and `regexps` (`patterns`).
 */
export type RejectionReason =
	| 'invalid'
	| 'protocol'
	| 'length'
	| 'depth'
	| 'strategy'
	| 'extension'
	| 'exclude'
	| 'patterns';

/** The answer of a `UrlFilter`. */
export type FilterVerdict =
	| { readonly accepted: true }
	| { readonly accepted: false; readonly reason: RejectionReason };

// One object per answer: a page asks some 170 times.
const ACCEPTED: FilterVerdict = Object.freeze({ accepted: true });
const REJECTED: Readonly<Record<RejectionReason, FilterVerdict>> = Object.freeze({
	invalid: rejected('invalid'),
	protocol: rejected('protocol'),
	length: rejected('length'),
	depth: rejected('depth'),
	strategy: rejected('strategy'),
	extension: rejected('extension'),
	exclude: rejected('exclude'),
	patterns: rejected('patterns'),
});

/**
 * Decides which links a crawl takes up. Patterns are compiled once; the cheap questions come first. Only http and
 * https URLs are ever accepted.
 */
export class UrlFilter {
	readonly #strategy: UrlTest | undefined;
	readonly #include: readonly UrlTest[];
	readonly #exclude: readonly UrlTest[];
	readonly #allowed: ReadonlySet<string> | undefined;
	readonly #denied: ReadonlySet<string> | undefined;
	readonly #maxLength: number;
	readonly #maxDepth: number;

	/** @throws InvalidOptionError naming the option and the value that it cannot have */
	constructor(options: UrlFilterOptions = {}) {
		checkOptionNames(options);
		const { strategy, base } = resolveStrategy(options);
		this.#strategy = base && strategy !== 'all' ? compileStrategy(strategy, base) : undefined;
		this.#include = [
			...compilePatterns('UrlFilter.globs', options.globs),
			...compilePatterns('UrlFilter.regexps', options.regexps),
		];
		this.#exclude = compilePatterns('UrlFilter.exclude', options.exclude);
		this.#allowed = resolveExtensions('allowedExtensions', options.allowedExtensions);
		this.#denied = resolveExtensions('deniedExtensions', options.deniedExtensions);
		this.#maxLength = resolveLimit('maxUrlLength', options.maxUrlLength);
		this.#maxDepth = resolveLimit('maxDepth', options.maxDepth);
	}

	/**
	 * The verdict on one link, with the reason when it is rejected.
	 *
	 * @param url an absolute URL; fastest when the URL standard wrote it (`normalizeUrl`, `URL.href`, `extractUrls`)
	 * @param depth how many links away from a start URL it is
	 */
	check(url: string | URL, depth = 0): FilterVerdict {
		const href = typeof url === 'string' ? (isSerialised(url) ? url : URL.parse(url)?.href) : url.href;
		if (href === undefined) return REJECTED.invalid;
		if (!href.startsWith('http://') && !href.startsWith('https://')) return REJECTED.protocol;
		if (href.length > this.#maxLength) return REJECTED.length;
		if (depth > this.#maxDepth) return REJECTED.depth;
		if (this.#strategy && !this.#strategy(href)) return REJECTED.strategy;
		if ((this.#allowed || this.#denied) && !this.#takesExtension(extensionOf(href))) return REJECTED.extension;
		if (matchesOne(this.#exclude, href)) return REJECTED.exclude;
		if (this.#include.length > 0 && !matchesOne(this.#include, href)) return REJECTED.patterns;
		return ACCEPTED;
	}

	/** Like `check`, without the reason. */
	accepts(url: string | URL, depth = 0): boolean {
		return this.check(url, depth).accepted;
	}

	#takesExtension(extension: string): boolean {
		if (extension === '') return true;
		if (this.#denied?.has(extension)) return false;
		return this.#allowed === undefined || this.#allowed.has(extension);
	}
}

/** Does the URL look as the URL standard writes it, up to and including the slash behind the host and its port? */
function isSerialised(url: string): boolean {
	return /^https?:\/\/[a-z0-9._-]+(?::(?!(?:80|443)\/)[1-9]\d{0,4})?\//.test(url);
}

function matchesOne(tests: readonly UrlTest[], url: string): boolean {
	for (const test of tests) if (test(url)) return true;
	return false;
}

function rejected(reason: RejectionReason): FilterVerdict {
	return Object.freeze({ accepted: false, reason });
}

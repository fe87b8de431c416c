import { type NormalizeRules, normalizeUrl, tryNormalizeUrl } from '@orbweaver/parser';

/**
 * What Crawlee merges too: two links that differ in the order of their parameters, or in `utm_*` and its like, lead to
 * one page. Everything else that differs is another page.
 */
export const DEFAULT_URL_RULES: NormalizeRules = { sortQuery: true, trackingParams: true };

/** Answers under which key an address is known: the same key means the same page. */
export class UrlKeys {
	readonly rules: NormalizeRules;
	readonly #changesQueryOnly: boolean;

	/** @throws InvalidOptionError of the parser for a rule that cannot be. */
	constructor(rules: NormalizeRules = DEFAULT_URL_RULES) {
		this.rules = rules;
		const { fragment = 'remove', percentEncoding = 'keep', trailingSlash = 'keep' } = rules;
		this.#changesQueryOnly = fragment === 'remove' && percentEncoding === 'keep' && trailingSlash === 'keep';
		normalizeUrl('http://localhost/', rules);
	}

	/** The key of a URL that is in the form that `new URL` gives it, without a fragment. */
	of(normalizedUrl: string): string {
		// On the path of every link: most have no query, and then there is nothing to do.
		if (this.#changesQueryOnly && !normalizedUrl.includes('?')) return normalizedUrl;
		return tryNormalizeUrl(normalizedUrl, this.rules) ?? normalizedUrl;
	}
}

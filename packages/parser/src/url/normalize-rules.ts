import { InvalidOptionError } from '../errors.ts';
import { type ParamRule, paramMatcher, SESSION_PARAMS, TRACKING_PARAMS } from './param-lists.ts';

/** What `normalizeUrl` merges beyond the URL standard. Every rule is off unless it is asked for. */
export interface NormalizeRules {
	/**
	 * - `remove` (default): drop the fragment.
	 * - `keep-hash-routes`: keep it when it starts with `#!` or `#/`, as single-page sites use it for routes.
	 * - `keep`: keep it; an empty one is dropped all the same.
	 */
	readonly fragment?: 'remove' | 'keep-hash-routes' | 'keep';
	/** Sort query parameters by key; repeated keys stay in their order. Default `false`: to a server, order may matter. */
	readonly sortQuery?: boolean;
	/** Remove `utm_*`, `gclid`, `fbclid` and their like (`true`), or the parameters listed instead. Default `false`. */
	readonly trackingParams?: boolean | readonly ParamRule[];
	/**
	 * Remove session ids in the query (`sid`, `PHPSESSID`, `jsessionid`, …), or the parameters listed instead.
	 * Default `false`, because on some sites `sid` names a section.
	 */
	readonly sessionParams?: boolean | readonly ParamRule[];
	/**
	 * `normalize`: upper-case the hexadecimal digits, decode unreserved characters (RFC 3986 §6.2.2), write a stray `%`
	 * as `%25`. Default `keep`.
	 */
	readonly percentEncoding?: 'keep' | 'normalize';
	/**
	 * `remove` or `add` the slash at the end of the path; the root stays `/`, and `add` leaves paths alone that end in a
	 * file name (`/a.html`). Default `keep`: `/a` and `/a/` are different resources (RFC 3986 §6.2.3).
	 */
	readonly trailingSlash?: 'keep' | 'remove' | 'add';
	/** Remove a `?` that nothing follows and parameters without key and value (`?&a=1&`). Default `false`. */
	readonly removeEmptyQuery?: boolean;
}

/** Rules turned into the questions that normalising asks. */
export interface CompiledRules {
	readonly fragment: (fragment: string) => string;
	readonly sortQuery: boolean;
	readonly isRemovedParam: ((key: string) => boolean) | undefined;
	readonly percentEncoding: boolean;
	readonly trailingSlash: ((path: string) => string) | undefined;
	readonly removeEmptyQuery: boolean;
}

const NAMES: readonly string[] = [
	'fragment',
	'sortQuery',
	'trackingParams',
	'sessionParams',
	'percentEncoding',
	'trailingSlash',
	'removeEmptyQuery',
] satisfies (keyof NormalizeRules)[];

const compiledByRules = new WeakMap<NormalizeRules, CompiledRules>();

/**
 * Checks and compiles rules, once for each rules object: it is asked for every link of every page.
 *
 * @throws InvalidOptionError
 */
export function compileRules(rules: NormalizeRules): CompiledRules {
	const known = compiledByRules.get(rules);
	if (known) return known;
	const unknown = Object.keys(rules).find((name) => !NAMES.includes(name));
	if (unknown !== undefined) {
		throw new InvalidOptionError(
			`NormalizeRules.${unknown}`,
			Reflect.get(rules, unknown),
			`one of ${NAMES.join(', ')}`,
		);
	}
	const compiled: CompiledRules = {
		fragment: fragmentRule(rules.fragment ?? 'remove'),
		sortQuery: flag('sortQuery', rules.sortQuery),
		isRemovedParam: removedParams(rules),
		percentEncoding: oneOf('percentEncoding', rules.percentEncoding ?? 'keep', ['keep', 'normalize']) === 'normalize',
		trailingSlash: slashRule(rules.trailingSlash ?? 'keep'),
		removeEmptyQuery: flag('removeEmptyQuery', rules.removeEmptyQuery),
	};
	compiledByRules.set(rules, compiled);
	return compiled;
}

function fragmentRule(choice: NonNullable<NormalizeRules['fragment']>): CompiledRules['fragment'] {
	switch (oneOf('fragment', choice, ['remove', 'keep-hash-routes', 'keep'])) {
		case 'remove':
			return () => '';
		case 'keep':
			return (fragment) => fragment;
		case 'keep-hash-routes':
			return (fragment) => (/^#[!/]/.test(fragment) ? fragment : '');
	}
}

function slashRule(choice: NonNullable<NormalizeRules['trailingSlash']>): CompiledRules['trailingSlash'] {
	switch (oneOf('trailingSlash', choice, ['keep', 'remove', 'add'])) {
		case 'keep':
			return undefined;
		case 'remove':
			// Only behind a path: the slash of `https://host/` and the slashes of `file:///` are no trailing ones.
			return (url) => url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/]*\/.*?[^/])\/+$/, '$1');
		case 'add':
			return (url) => (/^[a-z][a-z0-9+.-]*:\/\/[^/]*\/(?:.*\/)?[^/.]+$/.test(url) ? `${url}/` : url);
	}
}

function removedParams(rules: NormalizeRules): CompiledRules['isRemovedParam'] {
	const removed = [
		...paramRules('trackingParams', rules.trackingParams, TRACKING_PARAMS),
		...paramRules('sessionParams', rules.sessionParams, SESSION_PARAMS),
	];
	return removed.length === 0 ? undefined : paramMatcher(removed);
}

function paramRules(
	name: string,
	value: boolean | readonly ParamRule[] | undefined,
	known: readonly ParamRule[],
): readonly ParamRule[] {
	if (value === undefined || value === false) return [];
	if (value === true) return known;
	const isList = Array.isArray(value) && value.every((rule) => typeof rule === 'string' || rule instanceof RegExp);
	if (!isList) throw invalid(name, value, 'true, false or a list of names and regular expressions');
	return value;
}

function flag(name: string, value: unknown): boolean {
	if (value !== undefined && typeof value !== 'boolean') throw invalid(name, value, 'true or false');
	return value === true;
}

function oneOf<T extends string>(name: string, value: T, choices: readonly T[]): T {
	if (!choices.includes(value)) throw invalid(name, value, `one of ${choices.map((c) => `"${c}"`).join(', ')}`);
	return value;
}

function invalid(name: string, value: unknown, expected: string): InvalidOptionError {
	return new InvalidOptionError(`NormalizeRules.${name}`, value, expected);
}

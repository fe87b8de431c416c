import { InvalidOptionError } from '../errors.ts';
import { statelessRegExp } from '../stateless-regexp.ts';
import { compileGlob } from './glob.ts';

/** A glob over the whole URL, as Crawlee takes it. See minimatch for the syntax; case does not matter. */
export type GlobInput = string | { readonly glob: string };

/** A regular expression over the whole URL, as Crawlee takes it. */
export type RegExpInput = RegExp | { readonly regexp: RegExp };

/** Answers whether a URL matches. */
export type UrlTest = (url: string) => boolean;

/**
 * Compiles a list of globs and regular expressions.
 *
 * @param option name of the option for messages
 * @throws InvalidOptionError for anything that is no pattern
 */
export function compilePatterns(option: string, patterns: unknown): readonly UrlTest[] {
	if (patterns === undefined) return [];
	if (!Array.isArray(patterns)) throw new InvalidOptionError(option, patterns, 'a list');
	return patterns.map((pattern: unknown) => compilePattern(option, pattern));
}

function compilePattern(option: string, pattern: unknown): UrlTest {
	const inner = unwrap(pattern);
	if (inner instanceof RegExp) {
		const regexp = statelessRegExp(inner);
		return (url) => regexp.test(url);
	}
	if (typeof inner !== 'string' || inner.trim() === '') {
		throw new InvalidOptionError(option, pattern, 'a list of globs (non-empty strings) or regular expressions');
	}
	try {
		return compileGlob(inner.trim());
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new InvalidOptionError(option, pattern, `a glob that minimatch can read (${reason})`);
	}
}

/** Crawlee wraps patterns in objects when they carry request options. */
function unwrap(pattern: unknown): unknown {
	if (typeof pattern !== 'object' || pattern === null || pattern instanceof RegExp) return pattern;
	if ('glob' in pattern) return pattern.glob;
	return 'regexp' in pattern ? pattern.regexp : undefined;
}

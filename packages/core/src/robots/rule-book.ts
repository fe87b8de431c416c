import robotsParser from 'robots-parser';
import { ruleSpellings } from './path-encoding.ts';
import type { RobotsRule } from './robots-groups.ts';

// The package is CommonJS and is the function itself; its types put the function under `default`.
const readWithLibrary = robotsParser as unknown as typeof robotsParser.default;

interface Rule {
	readonly allow: boolean;
	readonly pattern: string;
	/** What a path starts with if this rule can match it. */
	readonly prefix: string;
	readonly wildcards: number;
}

/**
 * The rules that count for one crawler. `robots-parser` matches them and finds the most specific; it is handed a file
 * of nothing else, in a spelling that leaves it no choice: one group, and every path behind `/?`, where `URL` touches
 * neither an empty query nor dots.
 */
export class RuleBook {
	readonly #rules: readonly Rule[];
	#all: Judge | undefined;

	constructor(rules: readonly RobotsRule[]) {
		this.#rules = rules.flatMap(({ allow, path }) => ruleSpellings(path).map((pattern) => toRule(allow, pattern)));
	}

	/** Whether the path and query, in the spelling of `urlToMatch`, may be fetched. */
	allows(path: string): boolean {
		const near = this.#rules.filter((rule) => path.startsWith(rule.prefix));
		if (near.length === 0) return true;
		if (near.reduce((steps, rule) => steps + rule.wildcards * path.length, 0) > MAX_STEPS) return false;
		if (near.length * PARSE_COST < this.#rules.length) return judge(near)(path);
		this.#all ??= judge(this.#rules);
		return this.#all(path);
	}
}

/**
 * Matching one wildcard costs `robots-parser` up to the length of the path. A file of a few hundred thousand of them
 * could hold up the crawl for a second per link; past this many steps it is taken to forbid the URL instead. Five
 * thousand rules of four wildcards each stay below it for any path of up to 500 characters.
 */
const MAX_STEPS = 10_000_000;

/** Reading a rule costs `robots-parser` about this many times as much as trying it on a path. */
const PARSE_COST = 30;

type Judge = (path: string) => boolean;

function judge(rules: readonly Rule[]): Judge {
	const lines = rules.map(({ allow, pattern }) => `${allow ? 'Allow' : 'Disallow'}: /?${pattern}`);
	const parser = readWithLibrary(`${BASE}/robots.txt`, ['User-agent: *', ...lines].join('\n'));
	return (path) => parser.isAllowed(`${BASE}/?${path}`, '*') ?? true;
}

// Which origin is asked about was settled before; this one only has to be the same on both sides.
const BASE = 'http://robots.invalid';

function toRule(allow: boolean, pattern: string): Rule {
	const end = pattern.search(/\*|\$$/);
	return {
		allow,
		pattern,
		prefix: end < 0 ? pattern : pattern.slice(0, end),
		wildcards: pattern.split('*').length - 1,
	};
}

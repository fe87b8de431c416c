import { urlToMatch } from './path-encoding.ts';
import { productToken } from './product-token.ts';
import { robotsText } from './robots-bytes.ts';
import { RobotsGroups, type RobotsRule } from './robots-groups.ts';
import { numberedRobotsLines } from './robots-lines.ts';
import { RuleBook } from './rule-book.ts';

/** Why a URL may be fetched or not. */
export interface RobotsExplanation {
	readonly isAllowed: boolean;
	/** The name that groups were looked for with. */
	readonly token: string;
	/** The rule that decided; missing where none is about the URL. */
	readonly rule?: {
		/** From 1. */
		readonly line: number;
		/** As it was meant: `Disallow: /private`. */
		readonly text: string;
	};
	readonly crawlDelaySecs?: number;
}

/**
 * Which rule of a robots.txt file decides about a URL of its own origin; the verdict is that of `parseRobots`.
 *
 * @param userAgent the crawler's product token, or a `User-Agent` header that it can be read from.
 */
export function explainRobots(input: string | Uint8Array, url: string, userAgent: string): RobotsExplanation {
	const token = productToken(userAgent);
	const { rules, crawlDelaySecs } = new RobotsGroups(numberedRobotsLines(robotsText(input))).for(token);
	const path = urlToMatch(new URL(url));
	const isAllowed = path === '/robots.txt' || new RuleBook(rules).allows(path);
	const rule = path === '/robots.txt' ? undefined : decidingRule(rules, path, isAllowed);
	return {
		isAllowed,
		token,
		...(rule && { rule: { line: rule.line ?? 0, text: `${rule.allow ? 'Allow' : 'Disallow'}: ${shown(rule.path)}` } }),
		...(crawlDelaySecs !== undefined && { crawlDelaySecs }),
	};
}

/** The longest of those that match and say what was decided (RFC 9309 §2.2.2). */
function decidingRule(rules: readonly RobotsRule[], path: string, isAllowed: boolean): RobotsRule | undefined {
	let longest: RobotsRule | undefined;
	for (const rule of rules) {
		if (rule.allow !== isAllowed || rule.path.length <= (longest?.path.length ?? 0)) continue;
		// Alone, a rule forbids what it matches.
		if (!new RuleBook([{ allow: false, path: rule.path }]).allows(path)) longest = rule;
	}
	return longest;
}

/** Rules are read byte by byte. */
function shown(path: string): string {
	return Buffer.from(path, 'latin1').toString();
}

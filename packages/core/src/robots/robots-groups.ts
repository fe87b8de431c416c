import { ANY_AGENT, groupToken } from './product-token.ts';
import type { RobotsLine } from './robots-lines.ts';

/** One `Allow` or `Disallow` line, its path as the file writes it (one character per byte). */
export interface RobotsRule {
	readonly allow: boolean;
	readonly path: string;
	/** Its line in the file, from 1; where whoever has read the file has counted. */
	readonly line?: number | undefined;
}

/** What a file says to one crawler. */
export interface AgentRules {
	readonly rules: readonly RobotsRule[];
	/** The longest `Crawl-delay` given, in seconds. */
	readonly crawlDelaySecs: number | undefined;
}

/**
 * The groups of a robots.txt file (RFC 9309 §2.1, §2.2.1). `User-agent` lines belong to one group until a rule follows
 * them; every group that names a crawler counts for it, and `*` counts only for those that no group names.
 */
export class RobotsGroups {
	readonly #groups: { readonly tokens: Set<string>; readonly rules: RobotsRule[] }[] = [];
	readonly #delays: { readonly tokens: Set<string>; secs: number | undefined }[] = [];

	constructor(lines: readonly RobotsLine[]) {
		let closed = true;
		let delayClosed = true;
		for (const { field, value, line } of lines) {
			if (field === 'user-agent') {
				if (closed) this.#groups.push({ tokens: new Set(), rules: [] });
				// `Crawl-delay` is not in the RFC and does not end a group, yet it is meant for the agents right above it
				// only: `a`, delay, `*`, rules would otherwise slow down everyone.
				if (delayClosed) this.#delays.push({ tokens: new Set(), secs: undefined });
				closed = delayClosed = false;
				const token = groupToken(value);
				if (token) {
					this.#groups.at(-1)?.tokens.add(token);
					this.#delays.at(-1)?.tokens.add(token);
				}
			} else if (field === 'allow' || field === 'disallow') {
				closed = delayClosed = true;
				if (value) this.#groups.at(-1)?.rules.push({ allow: field === 'allow', path: value, line });
			} else if (field === 'crawl-delay') {
				delayClosed = true;
				const run = this.#delays.at(-1);
				if (run) run.secs = longest(run.secs, delaySecs(value));
			}
		}
	}

	/** What the file says to the crawler with this product token, which is in lower case. */
	for(token: string): AgentRules {
		const named = this.#groups.some((group) => group.tokens.has(token)) ? token : ANY_AGENT;
		return {
			rules: this.#groups.filter((group) => group.tokens.has(named)).flatMap((group) => group.rules),
			crawlDelaySecs: this.#delays
				.filter((run) => run.tokens.has(named))
				.reduce<number | undefined>((secs, run) => longest(secs, run.secs), undefined),
		};
	}
}

/** The seconds at the start of the value: a plain number, with or without a fraction; a unit after it is ignored. */
function delaySecs(value: string): number | undefined {
	const number = /^(?:\d+\.?\d*|\.\d+)/.exec(value);
	const secs = Number(number?.[0]);
	return Number.isFinite(secs) ? secs : undefined;
}

function longest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

import { parseRobots, type Robots } from './parse-robots.ts';
import type { RobotsRecord } from './robots-record.ts';
import type { RobotsRuling } from './robots-verdict.ts';

/** The rules of one origin, as they hold until `expiresAt`. The crawler's own name need not be given. */
export class OriginRobots implements Robots {
	readonly record: RobotsRecord;
	readonly #robots: Robots;
	readonly #userAgentToken: string;

	constructor(record: RobotsRecord, userAgentToken: string) {
		this.record = record;
		this.#userAgentToken = userAgentToken;
		const file = record.rule === 'file' ? record.body : STANDARD_FILES[record.rule];
		this.#robots = parseRobots(file, `${record.origin}/robots.txt`);
	}

	/**
	 * Where the answer comes from. With `'disallow-all'` the origin did not answer: a page of it is to wait until
	 * `expiresAt`, not to be given up.
	 */
	get rule(): RobotsRuling {
		return this.record.rule;
	}

	/** In milliseconds since 1970. */
	get expiresAt(): number {
		return this.record.expiresAt;
	}

	get sitemaps(): string[] {
		return this.#robots.sitemaps;
	}

	isAllowed(url: string, userAgent: string = this.#userAgentToken): boolean {
		return this.#robots.isAllowed(url, userAgent);
	}

	crawlDelaySecs(userAgent: string = this.#userAgentToken): number | undefined {
		return this.#robots.crawlDelaySecs(userAgent);
	}
}

const STANDARD_FILES = { 'allow-all': '', 'disallow-all': 'User-agent: *\nDisallow: /' };

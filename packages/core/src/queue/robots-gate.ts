import { RobotsUnavailableError } from '../retry/robots-error.ts';
import type { OriginRobots } from '../robots/origin-robots.ts';
import type { RobotsCache } from '../robots/robots-cache.ts';

/** What robots.txt says of a request. */
export type GateVerdict =
	| { readonly kind: 'allowed'; readonly crawlDelayMs: number }
	| { readonly kind: 'disallowed' }
	/** The site does not say: nothing of it may be fetched until it does. */
	| { readonly kind: 'unavailable'; readonly error: RobotsUnavailableError };

/** Asks robots.txt before a request may enter its lane. */
export interface RobotsGate {
	/** At once where the file is known, otherwise when it has been fetched. */
	check(url: string): GateVerdict | Promise<GateVerdict>;
}

/** Lets everything through: for crawls of one's own sites. */
export const OPEN_GATE: RobotsGate = { check: () => ({ kind: 'allowed', crawlDelayMs: 0 }) };

/** The gate that keeps to robots.txt. */
export function robotsGate(
	cache: RobotsCache,
	options: { userAgentToken: string; maxCrawlDelaySecs: number },
): RobotsGate {
	const judge = (robots: OriginRobots, url: string): GateVerdict => {
		if (robots.rule === 'disallow-all') {
			const { status, error, expiresAt } = robots.record;
			const reason = status === undefined ? (error ?? 'no answer') : `it answered ${status}`;
			return { kind: 'unavailable', error: new RobotsUnavailableError(url, reason, expiresAt) };
		}
		if (!robots.isAllowed(url, options.userAgentToken)) return { kind: 'disallowed' };
		const delaySecs = robots.crawlDelaySecs(options.userAgentToken) ?? 0;
		return { kind: 'allowed', crawlDelayMs: Math.min(delaySecs, options.maxCrawlDelaySecs) * 1_000 };
	};
	return {
		check(url) {
			const robots = cache.get(originOf(url));
			return robots instanceof Promise ? robots.then((loaded) => judge(loaded, url)) : judge(robots, url);
		},
	};
}

/** Scheme, host and port of a URL. */
function originOf(url: string): string {
	return new URL(url).origin;
}

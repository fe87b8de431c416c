import type { HttpClient } from '@orbweaver/http';
import { RobotsUnavailableError } from '../retry/robots-error.ts';
import { fetchRobots } from '../robots/fetch-robots.ts';
import type { OriginRobots } from '../robots/origin-robots.ts';
import { RobotsCache } from '../robots/robots-cache.ts';
import type { CrawlStore } from '../store/crawl-store.ts';

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
	/** Breaks off what is being fetched; nothing is learnt from that. */
	close(): void;
}

/** Lets everything through: for crawls of one's own sites. */
export const OPEN_GATE: RobotsGate = { check: () => ({ kind: 'allowed', crawlDelayMs: 0 }), close() {} };

export interface RobotsGateOptions {
	/** The name that the groups of a robots.txt are matched with. */
	readonly userAgentToken: string;
	/** A longer crawl-delay is taken for this, in seconds. */
	readonly maxCrawlDelaySecs: number;
}

/** The gate that keeps to robots.txt: fetched through `client`, remembered in `store`. */
export function openRobotsGate(store: CrawlStore, client: HttpClient, options: RobotsGateOptions): RobotsGate {
	const closing = new AbortController();
	const { signal } = closing;
	const breakable: Pick<HttpClient, 'read'> = { read: (url, settings) => client.read(url, { ...settings, signal }) };
	const cache = new RobotsCache({
		fetch: (url) => fetchRobots(breakable, url),
		records: {
			read: (origin) => store.robots.read(origin),
			// A fetch that we broke off looks like a site that does not answer, and would be held against it.
			write: async (record) => (signal.aborted ? undefined : await store.robots.write(record)),
		},
		userAgentToken: options.userAgentToken,
	});
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
		close: () => closing.abort(),
	};
}

/** Scheme, host and port of a URL. */
function originOf(url: string): string {
	return new URL(url).origin;
}

import { type ServerProcess, startServerProcess } from './server-process.ts';

/** What the domains were asked since they were there; robots.txt is not counted. */
export interface DomainsServerReport {
	/** The index page of each domain. */
	readonly startUrls: readonly string[];
	readonly requests: number;
	/** The mean gap between two requests, of the domain where it is smallest. */
	readonly smallestMeanGapMs: number;
	/**
	 * The smallest gap between two requests of one domain. A busy server sees a gap shorter than it was sent: what came
	 * first had to wait.
	 */
	readonly smallestGapMs: number;
}

/** Starts many small sites, each with a loopback address of its own, in one process. */
export async function startDomainsServer(
	domains: number,
	pagesPerDomain: number,
): Promise<ServerProcess<DomainsServerReport>> {
	const script = new URL('domains-server-child.ts', import.meta.url);
	return startServerProcess(script, [String(domains), String(pagesPerDomain)]);
}

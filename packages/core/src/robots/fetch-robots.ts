import { type HttpClient, RedirectError } from '@orbweaver/http';
import { ROBOTS_BYTES_LIMIT } from './robots-bytes.ts';
import type { RobotsOutcome } from './robots-verdict.ts';

export interface FetchRobotsOptions {
	/** How long it may take in all, redirects and body included, in milliseconds. Default: 20,000. */
	readonly timeoutMs?: number;
}

/** RFC 9309 §2.3.1.2: a crawler should follow at least five, across hosts too. */
const MAX_REDIRECTS = 5;

/** Fetches a robots.txt file, or the first 500 KiB of it. Never rejects. */
export async function fetchRobots(
	client: Pick<HttpClient, 'read'>,
	robotsUrl: string,
	{ timeoutMs = 20_000 }: FetchRobotsOptions = {},
): Promise<RobotsOutcome> {
	try {
		const { status, body, url } = await client.read(robotsUrl, {
			timeouts: { totalMs: timeoutMs },
			maxRedirects: MAX_REDIRECTS,
			// One byte more than is read tells a file that was cut from one that ends there.
			maxBodyBytes: ROBOTS_BYTES_LIMIT + 1,
			overflow: 'truncate',
			// When to ask again is for the verdict to say.
			retry: false,
		});
		return { kind: 'answered', status, body, finalUrl: url };
	} catch (error) {
		return { kind: error instanceof RedirectError ? 'misdirected' : 'unreachable', error };
	}
}

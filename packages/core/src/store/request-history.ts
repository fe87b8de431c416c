import type { RequestMethod, StoreCounts } from './crawl-store.ts';

/** A try that did not end the request. */
export interface FailedAttempt {
	/** When the try ended, milliseconds since the epoch. */
	readonly at: number;
	readonly error: string;
	/** Missing when there was no answer. */
	readonly httpStatus?: number | undefined;
}

/** All that is known of one request: why it is there, what was tried, and what came of it. */
export interface RequestHistory {
	readonly uniqueKey: string;
	readonly url: string;
	readonly method: RequestMethod;
	readonly label?: string | undefined;
	readonly status: keyof StoreCounts;
	readonly priority: number;
	readonly crawlDepth: number;
	/** When it was added, milliseconds since the epoch. */
	readonly addedAt: number;
	/** When its last try ended, milliseconds since the epoch; missing while it is not done. */
	readonly finishedAt?: number | undefined;
	/** When it is tried again, milliseconds since the epoch; missing unless it is delayed. */
	readonly notBefore?: number | undefined;
	/** How often it was tried: the failed tries, and the one that ended it. */
	readonly tries: number;
	/** The tries after which it was to be tried again, oldest first. */
	readonly failedAttempts: readonly FailedAttempt[];
	/** The status of the last answer. */
	readonly httpStatus?: number | undefined;
	/** Where it was loaded from, when that is not `url`; of a redirect, its target. */
	readonly loadedUrl?: string | undefined;
	/** Why it failed, or why it was skipped. */
	readonly error?: string | undefined;
	/** How many rows its page has stored. */
	readonly itemCount: number;
	/** The way to it: the page that it was found on, the page that that one was found on, and so on up to a start page. */
	readonly foundOn: readonly string[];
}

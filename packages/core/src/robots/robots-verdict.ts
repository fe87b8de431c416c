/** What came of asking an origin for its robots.txt. */
export type RobotsOutcome =
	| {
			readonly kind: 'answered';
			readonly status: number;
			/** The start of the body; 500 KiB are enough. */
			readonly body: Uint8Array;
			/** Where the redirects ended. The rules count for the origin that was asked, wherever that is. */
			readonly finalUrl: string;
	  }
	| {
			/** Redirects that lead nowhere: more than five, in a circle, or to what is no HTTP address. */
			readonly kind: 'misdirected';
			readonly error: unknown;
	  }
	| {
			/** No whole answer: no connection, a reset, a timeout, a body that does not end in time. */
			readonly kind: 'unreachable';
			readonly error: unknown;
	  };

/** Asks for a robots.txt file: follows up to five redirects, ends within a bounded time and never rejects. */
export type FetchRobots = (robotsUrl: string) => Promise<RobotsOutcome>;

/** What holds for an origin: the rules of its file, everything, or nothing. */
export type RobotsRuling = 'file' | 'allow-all' | 'disallow-all';

/** What follows from an outcome, and for how long. */
export interface RobotsVerdict {
	readonly rule: RobotsRuling;
	/** The file, when its rules hold. */
	readonly body?: Uint8Array;
	readonly expiresInMs: number;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** How long an answer counts, in milliseconds (RFC 9309 §2.4: no more than 24 hours). */
export const ROBOTS_TTL_MS: number = 24 * HOUR;

/**
 * What an outcome means for the origin (RFC 9309 §2.3.1).
 *
 * - 2xx: the file's rules, whatever its media type; an HTML page has no rules and so allows everything.
 * - 4xx: there is no file, so everything is allowed; 401 and 403 too. 429 is the exception: it says "not now", not
 *   "none", and crawling on would be the opposite of what the server asks. It counts as 5xx.
 * - Redirects that lead nowhere (§2.3.1.2), and a 3xx that is no redirect: there is no file either.
 * - 5xx and anything that is not a whole answer: nothing is allowed until the origin answers. It is asked again after
 *   a second, and half as often with each failure in a row, down to once an hour. The RFC lets a crawler go on after
 *   30 days of this; we do not.
 *
 * Answers count for 24 hours. `Cache-Control` is not looked at: the RFC leaves it open, and sites send `max-age=0`
 * with every file, which would mean to ask again before each page.
 *
 * @param failures how many outcomes in a row before this one left the origin without an answer.
 */
export function robotsVerdict(outcome: RobotsOutcome, failures = 0): RobotsVerdict {
	if (outcome.kind === 'unreachable') return unanswered(failures);
	if (outcome.kind === 'misdirected') return { rule: 'allow-all', expiresInMs: ROBOTS_TTL_MS };
	const { status, body } = outcome;
	if (status >= 200 && status < 300) return { rule: 'file', body, expiresInMs: ROBOTS_TTL_MS };
	if (status >= 300 && status < 500 && status !== 429) return { rule: 'allow-all', expiresInMs: ROBOTS_TTL_MS };
	return unanswered(failures);
}

function unanswered(failures: number): RobotsVerdict {
	return { rule: 'disallow-all', expiresInMs: Math.min(SECOND * 2 ** failures, HOUR) };
}

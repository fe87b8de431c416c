import { ROBOTS_TTL_MS, type RobotsOutcome, type RobotsRuling, robotsVerdict } from './robots-verdict.ts';

/** What is kept of an origin's robots.txt. All but the body is plain JSON. */
export interface RobotsRecord {
	/** Scheme, host and port, as `URL.origin` gives them. */
	readonly origin: string;
	readonly rule: RobotsRuling;
	/** The file when `rule` is `'file'`, otherwise empty. */
	readonly body: Uint8Array;
	/** The status of the last answer; missing when there was none. */
	readonly status?: number;
	/** Why the last attempt got no answer; missing when there was one. */
	readonly error?: string;
	/** When the rule was learnt, in milliseconds since 1970. */
	readonly fetchedAt: number;
	/** When to ask the origin again, in milliseconds since 1970. */
	readonly expiresAt: number;
	/** How many times in a row, up to now, the origin did not answer. */
	readonly failures: number;
}

/** Where records outlive the process. */
export interface RobotsRecords {
	read(origin: string): Promise<RobotsRecord | undefined>;
	/** Replaces the record of the same origin. */
	write(record: RobotsRecord): Promise<void>;
}

/**
 * The record after asking an origin. When it does not answer, what was known of it holds for another 24 hours after it
 * went stale (RFC 9309 §2.4 allows this for unreachable files): an outage of an hour should not stop a crawl. After
 * that, nothing is allowed.
 */
export function nextRecord(
	origin: string,
	outcome: RobotsOutcome,
	previous: RobotsRecord | undefined,
	now: number,
): RobotsRecord {
	const { rule, body, expiresInMs } = robotsVerdict(outcome, previous?.failures);
	const answer = { origin, ...howItWent(outcome) };
	if (rule !== 'disallow-all') {
		return { ...answer, rule, body: body ?? NO_BODY, fetchedAt: now, expiresAt: now + expiresInMs, failures: 0 };
	}
	const failures = (previous?.failures ?? 0) + 1;
	const expiresAt = now + expiresInMs;
	const trustedUntil = previous && previous.rule !== 'disallow-all' ? previous.fetchedAt + 2 * ROBOTS_TTL_MS : 0;
	if (previous && now < trustedUntil) {
		const { rule, body, fetchedAt } = previous;
		return { ...answer, rule, body, fetchedAt, expiresAt: Math.min(expiresAt, trustedUntil), failures };
	}
	return { ...answer, rule, body: NO_BODY, fetchedAt: now, expiresAt, failures };
}

function howItWent(outcome: RobotsOutcome): Pick<RobotsRecord, 'status' | 'error'> {
	if (outcome.kind === 'answered') return { status: outcome.status };
	return { error: outcome.error instanceof Error ? outcome.error.message : String(outcome.error) };
}

/** Whether the record still counts. One from the future was written by a clock that was wrong. */
export function isFresh(record: RobotsRecord, now: number): boolean {
	return record.fetchedAt <= now && now < record.expiresAt;
}

const NO_BODY = new Uint8Array();

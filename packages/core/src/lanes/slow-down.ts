import type { ResolvedLimits } from './domain-limits.ts';

/** How a domain is bearing up under us. */
export interface Pace {
	/** The share of its limits that the domain gets: 1 when all is well, down to 1/64. */
	readonly share: number;
	/** Good answers since the last change. */
	readonly calm: number;
	/** How often in a row it asked for less. */
	readonly strikes: number;
	/** Nothing goes to the domain before this time, milliseconds since the epoch. */
	readonly blockedUntil: number;
}

/** What of an answer matters to the pace. */
export interface PaceSignal {
	readonly status: number;
	/** From the `Retry-After` header, in milliseconds. */
	readonly retryAfterMs?: number | undefined;
}

export const FULL_PACE: Pace = { share: 1, calm: 0, strikes: 0, blockedUntil: 0 };

const LEAST_SHARE = 1 / 64;
const CALM_ANSWERS = 10;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/**
 * A 429 or 503 halves the share and pauses the domain, for as long as `Retry-After` says, or else for one second,
 * doubled with each strike up to a minute. A `Retry-After` of more than a day counts as a day. Ten good answers in a row give half as much again.
 */
export function afterAnswer(pace: Pace, signal: PaceSignal, now: number): Pace {
	if (signal.status === 429 || signal.status === 503) return slower(pace, signal, now);
	if (pace.share === 1) return pace.strikes === 0 ? pace : { ...pace, strikes: 0 };
	if (pace.calm + 1 < CALM_ANSWERS) return { ...pace, calm: pace.calm + 1 };
	return { ...pace, share: Math.min(1, pace.share * 1.5), calm: 0, strikes: 0 };
}

function slower(pace: Pace, signal: PaceSignal, now: number): Pace {
	// Whole, because it is stored as a point in time; bounded, because anybody may send any number.
	const retryAfterMs =
		signal.retryAfterMs === undefined ? undefined : Math.min(LONGEST_RETRY_AFTER_MS, Math.ceil(signal.retryAfterMs));
	// The answers to what was in flight when the first of them came say nothing new.
	if (now < pace.blockedUntil) {
		return { ...pace, calm: 0, blockedUntil: Math.max(pace.blockedUntil, now + (retryAfterMs ?? 0)) };
	}
	const pauseMs = retryAfterMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pace.strikes);
	return {
		share: Math.max(LEAST_SHARE, pace.share / 2),
		calm: 0,
		strikes: pace.strikes + 1,
		blockedUntil: now + pauseMs,
	};
}

/** The limits that hold at this pace: fewer at once, and below one at once, further apart. */
export function limitsAtPace(limits: ResolvedLimits, share: number): ResolvedLimits {
	if (share === 1) return limits;
	const SPACING_MS = 250;
	const atOnce = Math.min(limits.maxConcurrent, 64) * share;
	return {
		...limits,
		maxConcurrent: Math.max(1, Math.floor(atOnce)),
		minTime: Math.max(limits.minTime / share, atOnce < 1 ? SPACING_MS / atOnce : 0),
	};
}

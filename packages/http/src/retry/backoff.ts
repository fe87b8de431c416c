/** The bounds of a backoff. */
export interface BackoffLimits {
	/** Ceiling of the first wait, in milliseconds; it doubles with each further one. */
	readonly baseMs: number;
	/** The highest ceiling, in milliseconds. */
	readonly maxDelayMs: number;
}

/** Beyond this a double is all ceiling; without the bound 2 ** 1024 would be infinite. */
const MOST_DOUBLINGS = 64;

/**
 * How long to wait before the next try: exponential backoff with full jitter (Brooker, "Exponential Backoff And
 * Jitter", 2015), which spreads the clients of a server that came back better than any fixed schedule.
 *
 * @param attempt how many tries were repeated before: 0 for the first wait.
 * @param random from 0 to 1.
 */
export function fullJitterMs(attempt: number, limits: BackoffLimits, random: number): number {
	const ceilingMs = Math.min(limits.maxDelayMs, limits.baseMs * 2 ** Math.min(attempt, MOST_DOUBLINGS));
	return Math.round(ceilingMs * random);
}

import { setTimeout as wait } from 'node:timers/promises';

/** The longest delay that a timer takes, 25 days; a longer one would fire at once. */
const MAX_DELAY_MS = 0x7fffffff;

/**
 * Waits, unless `signal` fires.
 *
 * @throws the reason of `signal`.
 */
export async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
	try {
		// A Retry-After, or a place in a slow queue, may be further away.
		for (let leftMs = delayMs; leftMs >= 0; leftMs -= MAX_DELAY_MS) {
			await wait(Math.min(leftMs, MAX_DELAY_MS), undefined, { signal });
		}
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	}
}

import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits, unless `signal` fires.
 *
 * @throws the reason of `signal`.
 */
export async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
	try {
		await wait(delayMs, undefined, { signal });
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	}
}

import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError, type RequestLabel } from '../errors.ts';

/** The longest delay that `setTimeout` takes, 25 days. */
const MAX_SLEEP_MS = 0x7fffffff;

/** A request that waits. */
interface Waiting extends RequestLabel {
	readonly signal: AbortSignal | undefined;
}

/**
 * Waits between two tries; no slot is held meanwhile.
 *
 * @throws AbortedError when the request's signal fires, or the client is destroyed.
 */
export async function pause(delayMs: number, request: Waiting, ended: AbortSignal): Promise<void> {
	const signals = request.signal === undefined ? [ended] : [ended, request.signal];
	const signal = AbortSignal.any(signals);
	try {
		// A Retry-After may be longer than what a timer takes, which would fire at once.
		for (let leftMs = delayMs; leftMs >= 0; leftMs -= MAX_SLEEP_MS) {
			await sleep(Math.min(leftMs, MAX_SLEEP_MS), undefined, { signal });
		}
	} catch {
		const detail = ended.aborted ? 'the client was destroyed.' : 'its signal fired.';
		throw new AbortedError(request, detail, request.signal?.reason);
	}
}

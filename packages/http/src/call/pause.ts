import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError, type RequestLabel } from '../errors.ts';

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
	try {
		await sleep(delayMs, undefined, { signal: AbortSignal.any(signals) });
	} catch {
		const detail = ended.aborted ? 'the client was destroyed.' : 'its signal fired.';
		throw new AbortedError(request, detail, request.signal?.reason);
	}
}

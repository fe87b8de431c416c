import { ConnectError, ConnectionLostError, type RequestLabel, TimeoutError } from '../../errors.ts';
import { type BackoffLimits, fullJitterMs } from '../../retry/backoff.ts';
import { DownloadError } from '../download-error.ts';
import { sleep } from '../sleep.ts';

/** How hard a download tries. */
export interface TryLimits extends BackoffLimits {
	/** Failures in a row that are made good. */
	readonly limit: number;
	/** A `Retry-After` up to this is obeyed, a longer one ends the tries. */
	readonly maxRetryAfterMs: number;
}

/** An answer that may be another one later: 429, 503 … */
export class UnavailableError extends DownloadError {
	/** What the server asks to wait, in milliseconds. */
	readonly retryAfterMs: number;

	constructor(request: RequestLabel, status: number, retryAfterMs: number) {
		super(request, 'status', `answered ${status}.`, { status });
		this.name = 'DownloadError';
		this.retryAfterMs = retryAfterMs;
	}
}

/** Whether asking again may help: nothing arrived, or not all of it. */
export function isTransient(error: unknown): error is Error {
	if (error instanceof UnavailableError) return true;
	if (error instanceof TimeoutError) return error.phase !== 'total' && error.phase !== 'pool';
	return error instanceof ConnectError || error instanceof ConnectionLostError;
}

/**
 * How long to wait before the next try; `undefined` when there is to be none.
 *
 * @param failures in a row, before this one.
 * @param random from 0 to 1.
 */
export function nextDelayMs(
	failures: number,
	retryAfterMs: number,
	limits: TryLimits,
	random: number,
): number | undefined {
	if (failures >= limits.limit || retryAfterMs > limits.maxRetryAfterMs) return undefined;
	return Math.max(retryAfterMs, fullJitterMs(failures, limits, random));
}

/** Counts failures in a row, and waits after each. */
export class Tries {
	readonly #limits: TryLimits;
	readonly #signal: AbortSignal;
	#failures = 0;

	constructor(limits: TryLimits, signal: AbortSignal) {
		this.#limits = limits;
		this.#signal = signal;
	}

	/** Something was won that will not be lost again: what failed before no longer counts. */
	progressed(): void {
		this.#failures = 0;
	}

	/**
	 * Waits until it is time for another try; false, at once, when there is to be none.
	 *
	 * @throws the reason of the signal.
	 */
	async again(failure: Error): Promise<boolean> {
		const retryAfterMs = failure instanceof UnavailableError ? failure.retryAfterMs : 0;
		const delayMs = nextDelayMs(this.#failures, retryAfterMs, this.#limits, Math.random());
		if (delayMs === undefined) return false;
		this.#failures += 1;
		await sleep(delayMs, this.#signal);
		return true;
	}
}

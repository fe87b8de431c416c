import type { CallFacts } from '../transport/transport.ts';

let lastCallId = 0;

/** The time and the tries that a call has, for all its redirects together. Times are those of `performance.now()`. */
export class CallBudget implements CallFacts {
	/** Growing, unique in the process. */
	readonly callId: number = ++lastCallId;
	readonly calledAt: number = performance.now();
	/** When the call must be over. Waiting for slots moves it. */
	totalAt: number;
	/** Tries that were repeated so far. */
	retries = 0;

	constructor(totalMs: number) {
		this.totalAt = this.calledAt + totalMs;
	}
}

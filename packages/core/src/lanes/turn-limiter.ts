import Bottleneck from 'bottleneck';
import type { ResolvedLimits } from './domain-limits.ts';

/** Leave to have one request in flight, `uses` times, one after another. Owed back with `end`. */
export interface Permit {
	uses: number;
	end(): void;
}

/** How much one Bottleneck job lets through. */
export interface TurnShape {
	/** Requests in flight at once; also what the job weighs. */
	readonly permits: number;
	/** Requests that each permit lets through, one after another. */
	readonly uses: number;
}

/**
 * Bottleneck needs 2.4 ms for a job, one after another, however it is configured: some 400 jobs a second (measured
 * with 2.19.5). Below that rate a job is one request. A domain that may go faster gets more out of each job, without
 * ever having more in flight, or more taken from its reservoir, than its limits say:
 * - with no reservoir, a permit serves 128 requests one after another;
 * - with a large reservoir, a job weighs as many requests as may be in flight, so that the reservoir counts each of them.
 *
 * Within a job it is the lane that keeps `minTime` between two starts.
 */
export function turnShape(limits: ResolvedLimits, waiting: number): TurnShape {
	const SLOW_ENOUGH_MS = 5;
	if (limits.reservoir === undefined) return { permits: 1, uses: limits.minTime >= SLOW_ENOUGH_MS ? 1 : 128 };
	const { refreshAmount, refreshInterval } = limits.reservoir;
	const isSlow = limits.minTime >= SLOW_ENOUGH_MS || refreshInterval / refreshAmount >= SLOW_ENOUGH_MS;
	if (isSlow) return { permits: 1, uses: 1 };
	return { permits: Math.max(1, Math.min(limits.maxConcurrent, refreshAmount, waiting, 32)), uses: 1 };
}

/** The Bottleneck limiter of one domain. All that we know of Bottleneck is in this file. */
export class TurnLimiter {
	readonly #bottleneck: Bottleneck;
	#limits: ResolvedLimits;

	constructor(limits: ResolvedLimits) {
		this.#limits = limits;
		const { reservoir } = limits;
		this.#bottleneck = new Bottleneck({
			maxConcurrent: Number.isFinite(limits.maxConcurrent) ? limits.maxConcurrent : null,
			minTime: limits.minTime,
			...(reservoir && {
				reservoir: reservoir.size,
				reservoirRefreshAmount: reservoir.refreshAmount,
				reservoirRefreshInterval: reservoir.refreshInterval,
				heartbeatInterval: 250,
			}),
		} as Bottleneck.ConstructorOptions);
	}

	/** Asks for one turn, for `waiting` requests; `granted` gets its permits as soon as the limits allow. */
	ask(waiting: number, granted: (permits: Permit[]) => void): number {
		const { permits: count, uses } = turnShape(this.#limits, waiting);
		const job = (): Promise<void> =>
			new Promise((resolve) => {
				let open = count;
				const end = (): void => {
					open--;
					if (open === 0) resolve();
				};
				granted(Array.from({ length: count }, () => ({ uses, end })));
			});
		// Rejects only when the limiter is stopped while the job waits: then nobody wants the turn any more.
		this.#bottleneck.schedule({ weight: count }, job).catch(() => {});
		return count;
	}

	/**
	 * From now on these limits hold for what is asked; what is in flight is not called back.
	 *
	 * Bottleneck keeps the `maxConcurrent` it began with, and the lane asks for no more than the present one: a job that
	 * waits already and weighs more than a lowered `maxConcurrent` would never run, nor any behind it.
	 */
	update(limits: ResolvedLimits): void {
		this.#limits = limits;
		// What it returns only says that waiting jobs were looked at again.
		void this.#bottleneck.updateSettings({ minTime: limits.minTime });
	}

	/** Lets go of timers and of what still waits. */
	stop(): void {
		this.#bottleneck.stop({ dropWaitingJobs: true }).catch(() => {});
		this.#bottleneck.disconnect(false).catch(() => {});
	}
}

import type { ResolvedLimits } from './domain-limits.ts';

/** What a domain's lane looks like at one moment. */
export interface LaneLook {
	readonly domain: string;
	/** Requests in the lane; more of them may wait in the storage. */
	readonly waiting: number;
	readonly inFlight: number;
	/** Requests per second that spacing and reservoir allow; null when there is neither. */
	readonly limit: number | null;
	/** Milliseconds since the epoch; null when it is not blocked. */
	readonly blockedUntil: number | null;
}

/** Requests per second that spacing and reservoir allow; null when there is neither. */
export function allowedPerSecond({ minTime, reservoir }: ResolvedLimits): number | null {
	const spaced = minTime > 0 ? 1_000 / minTime : Number.POSITIVE_INFINITY;
	const refilled =
		reservoir === undefined ? Number.POSITIVE_INFINITY : (reservoir.refreshAmount / reservoir.refreshInterval) * 1_000;
	const least = Math.min(spaced, refilled);
	return Number.isFinite(least) ? least : null;
}

import { requireKnownNames } from './check-names.ts';
import { InvalidRequestError } from './errors.ts';

/** Limits in milliseconds, exact below a second too. `Infinity` switches one off. */
export interface Timeouts {
	/** To wait for a slot (`limits`, `rateLimit`). Not part of the other times. Default `Infinity`. */
	readonly poolMs: number;
	/** To open a connection: DNS, TCP and TLS. Default 10,000. */
	readonly connectMs: number;
	/** From the request written (with a streamed body: its last piece taken) to the end of the headers. Default 30,000. */
	readonly headersMs: number;
	/** Between two pieces of the body. Default 30,000. */
	readonly readMs: number;
	/**
	 * The whole call: redirects, retries and the waits between them, the body; not the waits for slots. Default 60,000,
	 * which does not limit a body that is iterated: only a value of your own does.
	 */
	readonly totalMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = Object.freeze({
	poolMs: Number.POSITIVE_INFINITY,
	connectMs: 10_000,
	headersMs: 30_000,
	readMs: 30_000,
	totalMs: 60_000,
});

const NAMES: readonly string[] = Object.keys(DEFAULT_TIMEOUTS);

/**
 * `base` with what `overrides` sets.
 *
 * @throws InvalidRequestError for an unknown name or a value that is not above 0.
 */
export function mergeTimeouts(base: Timeouts, overrides: Partial<Timeouts> | undefined): Timeouts {
	if (overrides === undefined) return base;
	requireKnownNames('timeouts', overrides, NAMES);
	return {
		poolMs: duration('poolMs', overrides.poolMs, base.poolMs),
		connectMs: duration('connectMs', overrides.connectMs, base.connectMs),
		headersMs: duration('headersMs', overrides.headersMs, base.headersMs),
		readMs: duration('readMs', overrides.readMs, base.readMs),
		totalMs: duration('totalMs', overrides.totalMs, base.totalMs),
	};
}

function duration(name: string, value: number | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	if (typeof value === 'number' && value > 0) return value;
	throw new InvalidRequestError(
		`timeouts.${name} is ${String(value)}: give milliseconds above 0, or Infinity for no limit.`,
	);
}

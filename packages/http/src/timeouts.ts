import { requireKnownNames } from './check-names.ts';
import { InvalidRequestError } from './errors.ts';

/** Limits in milliseconds, exact below a second too. `Infinity` switches one off. */
export interface Timeouts {
	/** To open a connection: DNS, TCP and TLS. Waiting for one of the origin's connections is not counted. Default 10,000. */
	readonly connectMs: number;
	/** From the request written to the end of the response headers. Default 30,000. */
	readonly headersMs: number;
	/** Between two pieces of the body. Default 30,000. */
	readonly readMs: number;
	/** The whole call: waiting, redirects and body included. Default 60,000. */
	readonly totalMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = Object.freeze({
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

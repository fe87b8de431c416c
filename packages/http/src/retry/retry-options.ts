import { requireKnownNames } from '../check-names.ts';
import { nonNegative, wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';

/** Which failed requests are sent again, how often and when. Times are in milliseconds. */
export interface RetryOptions {
	/** Tries after the first one, redirects sharing the count. Default 2. */
	readonly limit?: number;
	/**
	 * Methods that may be repeated after they may have reached the server. Default: the idempotent ones (RFC 9110 §9.2.2),
	 * GET, HEAD, OPTIONS, TRACE, PUT and DELETE. A request with an `Idempotency-Key` header may be repeated whatever its
	 * method, and one that was never sent as well.
	 */
	readonly methods?: readonly string[];
	/** Statuses that are worth another try. Default 408, 429, 500, 502, 503, 504, 521, 522, 524. */
	readonly statuses?: readonly number[];
	/** Ceiling of the first wait; it doubles with each further one, and the wait is random below it. Default 250. */
	readonly baseMs?: number;
	/** The highest ceiling. Default 10,000. */
	readonly maxDelayMs?: number;
	/** A `Retry-After` up to this is obeyed; a longer one ends the tries, and the response is handed out. Default 60,000. */
	readonly maxRetryAfterMs?: number;
}

/** {@link RetryOptions} with every default filled in. */
export interface RetrySettings {
	readonly limit: number;
	readonly methods: ReadonlySet<string>;
	readonly statuses: ReadonlySet<number>;
	readonly baseMs: number;
	readonly maxDelayMs: number;
	readonly maxRetryAfterMs: number;
}

const DEFAULTS: Required<RetryOptions> = {
	limit: 2,
	methods: ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'],
	statuses: [408, 429, 500, 502, 503, 504, 521, 522, 524],
	baseMs: 250,
	maxDelayMs: 10_000,
	maxRetryAfterMs: 60_000,
};

const NAMES = Object.keys(DEFAULTS);

/** The defaults, for clients that say nothing. */
export const DEFAULT_RETRY: RetrySettings = settingsOf(DEFAULTS);

/**
 * `base` with what `options` says: a number is the limit, `false` or 0 switches retries off.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function retrySettings(
	base: RetrySettings | undefined,
	options: RetryOptions | number | boolean | undefined,
): RetrySettings | undefined {
	if (options === undefined) return base;
	if (options === false) return undefined;
	if (options === true) return base ?? DEFAULT_RETRY;
	if (typeof options === 'number') return retrySettings(base, { limit: options });
	if (typeof options !== 'object' || options === null) {
		throw new InvalidRequestError(`retry is ${String(options)}: give a number of tries, false, or an object.`);
	}
	requireKnownNames('retry', options, NAMES);
	const from = base ?? DEFAULT_RETRY;
	const settings = settingsOf({
		limit: options.limit ?? from.limit,
		methods: list('retry.methods', options.methods ?? [...from.methods]),
		statuses: list('retry.statuses', options.statuses ?? [...from.statuses]),
		baseMs: options.baseMs ?? from.baseMs,
		maxDelayMs: options.maxDelayMs ?? from.maxDelayMs,
		maxRetryAfterMs: options.maxRetryAfterMs ?? from.maxRetryAfterMs,
	});
	return settings.limit === 0 ? undefined : settings;
}

function list<Item>(name: string, value: readonly Item[]): readonly Item[] {
	if (Array.isArray(value)) return value;
	throw new InvalidRequestError(`${name} is ${kindOf(value)}: give a list.`);
}

function settingsOf(options: Required<RetryOptions>): RetrySettings {
	return {
		limit: wholeNumber('retry.limit', options.limit, 0),
		methods: new Set(options.methods.map((method) => String(method).toUpperCase())),
		statuses: new Set(options.statuses.map((status) => wholeNumber('retry.statuses', status, 100))),
		baseMs: nonNegative('retry.baseMs', options.baseMs),
		maxDelayMs: nonNegative('retry.maxDelayMs', options.maxDelayMs),
		maxRetryAfterMs: nonNegative('retry.maxRetryAfterMs', options.maxRetryAfterMs),
	};
}

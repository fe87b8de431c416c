import { requireKnownNames } from '../check-names.ts';
import { wholeNumberOrInfinity } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import { milliseconds } from './milliseconds.ts';

/** A connection that ended, or could not be opened again. */
export interface ReconnectEvent {
	/** What went wrong; undefined after a normal close. */
	readonly error: unknown;
	/** The close code; undefined when an attempt to open the next connection failed. */
	readonly closeCode: number | undefined;
	/** Attempts in a row so far that did not lead to a stable connection. */
	readonly attempts: number;
}

/** When and how often a lost connection is replaced. */
export interface ReconnectOptions {
	/** Attempts in a row, the waits between them growing, before it gives up. `Infinity` never does. Default 10. */
	readonly maxAttempts?: number;
	/** Ceiling of the first wait, in milliseconds; it doubles with each attempt, and the wait is random below it. Default 500. */
	readonly baseMs?: number;
	/** The highest ceiling, in milliseconds. Default 30,000. */
	readonly maxDelayMs?: number;
	/** A connection that lasted this long, in milliseconds, starts the count of attempts anew. Default 10,000. */
	readonly stableMs?: number;
	/**
	 * The longest Retry-After of a refused attempt (429, 503) that is obeyed, in milliseconds; a longer one ends the
	 * attempts. Default 300,000.
	 */
	readonly maxRetryAfterMs?: number;
	/**
	 * Decides in place of the built-in rules: true reconnects, false ends, undefined leaves it to the rules. It cannot
	 * pass over `maxAttempts`. What it throws ends the connection.
	 */
	readonly when?: (event: ReconnectEvent) => boolean | undefined;
}

/** {@link ReconnectOptions} with every default filled in. */
export interface ReconnectSettings {
	readonly maxAttempts: number;
	readonly baseMs: number;
	readonly maxDelayMs: number;
	readonly stableMs: number;
	readonly maxRetryAfterMs: number;
	readonly when: ((event: ReconnectEvent) => boolean | undefined) | undefined;
}

const DEFAULTS = {
	maxAttempts: 10,
	baseMs: 500,
	maxDelayMs: 30_000,
	stableMs: 10_000,
	maxRetryAfterMs: 300_000,
};

const NAMES: readonly (keyof ReconnectOptions)[] = [
	'maxAttempts',
	'baseMs',
	'maxDelayMs',
	'stableMs',
	'maxRetryAfterMs',
	'when',
];

/**
 * The settings, undefined for no reconnecting.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function reconnectSettings(options: ReconnectOptions | boolean): ReconnectSettings | undefined {
	if (options === false) return undefined;
	if (options === true) return { ...DEFAULTS, when: undefined };
	if (typeof options !== 'object' || options === null) {
		throw new InvalidRequestError(`reconnect is ${String(options)}: give true, false or an object.`);
	}
	requireKnownNames('reconnect', options, NAMES);
	const { when } = options;
	if (when !== undefined && typeof when !== 'function') {
		throw new InvalidRequestError(`reconnect.when is of type ${typeof when}: give a function.`);
	}
	return {
		maxAttempts: wholeNumberOrInfinity('reconnect.maxAttempts', options.maxAttempts ?? DEFAULTS.maxAttempts, 1),
		baseMs: milliseconds('reconnect.baseMs', options.baseMs ?? DEFAULTS.baseMs, 0),
		maxDelayMs: milliseconds('reconnect.maxDelayMs', options.maxDelayMs ?? DEFAULTS.maxDelayMs, 0),
		stableMs: milliseconds('reconnect.stableMs', options.stableMs ?? DEFAULTS.stableMs, 0),
		maxRetryAfterMs: milliseconds('reconnect.maxRetryAfterMs', options.maxRetryAfterMs ?? DEFAULTS.maxRetryAfterMs, 0),
		when,
	};
}

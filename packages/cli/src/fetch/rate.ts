import { UsageError } from '../usage-error.ts';

/** At most so many requests in any window of so many milliseconds. */
export interface Rate {
	readonly maxCalls: number;
	readonly periodMs: number;
}

const PERIODS_MS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 };

/**
 * Reads `50/s`, `600/min` or `1000/h`.
 *
 * @throws UsageError for anything else.
 */
export function parseRate(text: string): Rate {
	const [, calls = '', unit = ''] = /^([1-9]\d{0,8})\/(s|min|h)$/.exec(text) ?? [];
	const periodMs = PERIODS_MS[unit];
	if (periodMs !== undefined) return { maxCalls: Number(calls), periodMs };
	throw new UsageError(
		`--rate must be a number of requests in a time, such as 50/s, 600/min or 1000/h, got "${text}".`,
	);
}

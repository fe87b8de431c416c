import { InvalidRequestError } from '../errors.ts';

/** The longest time that a timer takes, 25 days; a longer one would fire at once. */
const LONGEST_MS = 0x7fffffff;

/** @throws InvalidRequestError unless `value` is a time from `least` that a timer can wait for. */
export function milliseconds(name: string, value: number, least: number): number {
	if (typeof value === 'number' && value >= least && value <= LONGEST_MS) return value;
	throw new InvalidRequestError(`${name} is ${String(value)}: give milliseconds from ${least} to ${LONGEST_MS}.`);
}

/** A timer for `ms`; none where there is no limit, or one beyond what a timer takes. */
export function startTimer(ms: number, onExpire: () => void): NodeJS.Timeout | undefined {
	return ms <= LONGEST_MS ? setTimeout(onExpire, Math.ceil(ms)) : undefined;
}

import { InvalidRequestError } from './errors.ts';

/** @throws InvalidRequestError unless `value` is a whole number from `least`. */
export function wholeNumber(name: string, value: number, least: number): number {
	if (Number.isSafeInteger(value) && value >= least) return value;
	throw new InvalidRequestError(`${name} is ${String(value)}: give a whole number from ${least}.`);
}

/** @throws InvalidRequestError unless `value` is a whole number from `least`, or `Infinity` for no limit. */
export function wholeNumberOrInfinity(name: string, value: number, least: number): number {
	if (value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= least)) return value;
	throw new InvalidRequestError(
		`${name} is ${String(value)}: give a whole number from ${least}, or Infinity for no limit.`,
	);
}

/** @throws InvalidRequestError unless `value` is true or false. */
export function flag(name: string, value: boolean): boolean {
	if (typeof value === 'boolean') return value;
	throw new InvalidRequestError(`${name} is ${String(value)}: give true or false.`);
}

/** @throws InvalidRequestError unless `value` is a number from 0; `Infinity` is one. */
export function nonNegative(name: string, value: number): number {
	if (typeof value === 'number' && value >= 0) return value;
	throw new InvalidRequestError(`${name} is ${String(value)}: give a number from 0.`);
}

import { InvalidRequestError } from './errors.ts';
import { kindOf } from './kind-of.ts';

/** @throws InvalidRequestError unless `value` is an AbortSignal, or not given. */
export function optionalSignal(name: string, value: AbortSignal | undefined): AbortSignal | undefined {
	if (value === undefined || value instanceof AbortSignal) return value;
	throw new InvalidRequestError(`${name} is ${kindOf(value)}: give an AbortSignal.`);
}

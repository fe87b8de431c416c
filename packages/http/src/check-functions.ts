import { InvalidRequestError } from './errors.ts';
import { kindOf } from './kind-of.ts';

/** @throws InvalidRequestError unless `value` is a function, or not given. */
export function optionalFunction<Type>(name: string, value: Type): Type {
	if (value === undefined || typeof value === 'function') return value;
	throw new InvalidRequestError(`${name} is ${kindOf(value)}: give a function.`);
}

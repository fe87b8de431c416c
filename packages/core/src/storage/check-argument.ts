import { InvalidOptionError } from '../errors.ts';
import { requireKnown } from '../require-known.ts';
import { shown as inspected } from '../shown.ts';

// Crawlee's clients take what a script gives them. A wrong value must not reach a transaction: others share it, and it
// would fail for all of them.

/** @throws InvalidOptionError unless `value` is a text with something in it. */
export function checkText(name: string, value: unknown): string {
	if (typeof value === 'string' && value !== '') return value;
	throw new InvalidOptionError(`${name} must be a text that is not empty, not ${shown(value)}.`);
}

/** @throws InvalidOptionError unless `value` is a whole number, 0 or more. Infinity stands for the largest one. */
export function checkCount(name: string, value: unknown): number {
	if (value === Number.POSITIVE_INFINITY) return Number.MAX_SAFE_INTEGER;
	if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
	throw new InvalidOptionError(`${name} must be a whole number, 0 or more, not ${shown(value)}.`);
}

/**
 * The part of a list that is asked for; by default the first hundred.
 *
 * @throws InvalidOptionError for what is no whole number, 0 or more, and for another option.
 */
export function checkRange(owner: string, options: unknown): { offset: number; limit: number } {
	if (typeof options !== 'object' || options === null) {
		throw new InvalidOptionError(`${owner} takes an object with offset and limit, not ${shown(options)}.`);
	}
	requireKnown(owner, options, ['offset', 'limit']);
	const { offset = 0, limit = 100 } = options as { offset?: unknown; limit?: unknown };
	return { offset: checkCount(`offset of ${owner}`, offset), limit: checkCount(`limit of ${owner}`, limit) };
}

function shown(value: unknown): string {
	return typeof value === 'string' ? JSON.stringify(value) : inspected(value);
}

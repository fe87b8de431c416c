import { InvalidRequestError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { MemoryBody } from './memory-body.ts';
import type { RequestBody } from './request-body.ts';

/**
 * A value as JSON (RFC 8259).
 *
 * @throws InvalidRequestError when JSON cannot express it: a cycle, a BigInt, a function, `undefined`.
 */
export function jsonBody(value: unknown): RequestBody {
	const text = stringify(value);
	if (text !== undefined) return new MemoryBody(text, 'application/json');
	throw new InvalidRequestError(
		`json is ${kindOf(value)}, which JSON cannot express: give another value, null, or leave json out.`,
	);
}

function stringify(value: unknown): string | undefined {
	try {
		return JSON.stringify(value) as string | undefined;
	} catch (error) {
		const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
		throw new InvalidRequestError(`json cannot be written as JSON: ${reason}.`, undefined, error);
	}
}

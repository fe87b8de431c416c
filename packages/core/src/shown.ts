import { inspect } from 'node:util';

/** A value as it may stand in a message: on one line, not deep, and without running code of its own. */
export function shown(value: unknown): string {
	return inspect(value, {
		depth: 1,
		breakLength: Number.POSITIVE_INFINITY,
		maxStringLength: 100,
		maxArrayLength: 10,
		customInspect: false,
	});
}

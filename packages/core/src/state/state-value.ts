import { InvalidOptionError } from '../errors.ts';

/** A plain object or a list: what is looked into. A list is one too, with its indexes as keys. */
export type Container = Record<string, unknown>;

export function isContainer(value: unknown): value is Container {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** A number that can be added to. */
export function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

/** An empty one of the same kind. */
export function emptyLike(container: Container): Container {
	return Array.isArray(container) ? ([] as unknown as Container) : {};
}

/**
 * Looks whether JSON can hold a value that is put into the state.
 *
 * @param within what it is put into, which it cannot hold itself.
 * @throws InvalidOptionError when it cannot.
 */
export function checkStorable(
	key: string,
	value: unknown,
	within: Container,
	rawOf: (value: unknown) => unknown,
): void {
	if (key === '__proto__') throw refused(key, 'is no name for a value');
	const open = new Set<object>([within]);
	const visit = (given: unknown): void => {
		const one = rawOf(given);
		const why = faultOf(one);
		if (why !== undefined) throw refused(key, why);
		if (!isContainer(one)) return;
		if (open.has(one)) throw refused(key, 'holds itself, which JSON cannot');
		open.add(one);
		for (const inner of Object.values(one)) visit(inner);
		open.delete(one);
	};
	visit(value);
}

function faultOf(value: unknown): string | undefined {
	if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
		return `is or holds a ${typeof value}, which JSON cannot`;
	}
	if (value instanceof Map || value instanceof Set) {
		return `is or holds a ${value instanceof Map ? 'Map' : 'Set'}, which is {} in JSON; use an object or a list`;
	}
	return undefined;
}

/** The error for a change of the state that cannot be stored. */
export function refused(key: string, why: string): InvalidOptionError {
	return new InvalidOptionError(
		`useState: ${JSON.stringify(key)} ${why}. The state is plain objects, lists, text, numbers, true, false and null.`,
	);
}

import { inspect } from 'node:util';

/** A chain of causes is followed so far; a longer one is nobody's to read. */
const MOST_CAUSES = 8;

/**
 * A usable error of whatever was thrown: its message is a text with something in it, and reading it throws nothing. An
 * error that is usable is answered as it is; one that is not is answered as another of the same class, with the `cause`
 * cleaned likewise.
 */
export function errorOf(thrown: unknown): Error {
	return cleaned(thrown, []);
}

function cleaned(thrown: unknown, above: readonly unknown[]): Error {
	if (isError(thrown) && isUsable(thrown, above)) return thrown;
	const name = textOf(() => (thrown as Error).name);
	const cause = read(() => (thrown as Error).cause);
	const error = new Error(messageIn(thrown, name));
	const stack = isError(thrown) ? textOf(() => thrown.stack) : undefined;
	const isLast = above.length >= MOST_CAUSES || above.includes(cause) || cause === thrown;
	define(error, 'stack', stack ?? `${name ?? 'Error'}: ${error.message}`);
	if (name !== undefined) define(error, 'name', name);
	if (isObject(cause) && !isLast) define(error, 'cause', cleaned(cause, [...above, thrown]));
	if (!isError(thrown)) return error;
	// Whoever asks for the class, such as the decision about a retry, finds it; own properties hide its getters.
	if (name === undefined) define(error, 'name', 'Error');
	if (!Object.hasOwn(error, 'cause')) define(error, 'cause', undefined);
	return Object.setPrototypeOf(error, Object.getPrototypeOf(thrown)) as Error;
}

/** False for what only pretends to be one, and for a proxy that throws when it is asked. */
function isError(thrown: unknown): thrown is Error {
	return read(() => thrown instanceof Error && Object.getPrototypeOf(thrown) !== null) === true;
}

function isUsable(error: Error, above: readonly unknown[]): boolean {
	const isReadable = [() => error.message, () => error.name, () => error.stack].every(
		(get) => textOf(get) !== undefined,
	);
	if (!isReadable || above.length > MOST_CAUSES) return false;
	const cause = read(() => error.cause, UNREADABLE);
	if (!isObject(cause)) return cause !== UNREADABLE;
	const seen = [...above, error];
	return !seen.includes(cause) && isError(cause) && isUsable(cause, seen);
}

function messageIn(thrown: unknown, name: string | undefined): string {
	if (isError(thrown)) return textOf(() => thrown.message) ?? `${name ?? 'Error'} without a message`;
	const own = isObject(thrown) ? textOf(() => (thrown as Error).message) : undefined;
	const text = own ?? textOf(() => String(thrown));
	if (text !== undefined && !text.startsWith('[object ')) return text;
	return textOf(() => inspect(thrown, { depth: 1, customInspect: false })) ?? 'something that cannot be shown';
}

const UNREADABLE = Symbol('unreadable');

function read<T, Else = undefined>(get: () => T, otherwise?: Else): T | Else | undefined {
	try {
		return get();
	} catch {
		return otherwise;
	}
}

function textOf(get: () => unknown): string | undefined {
	const text = read(get);
	return typeof text === 'string' && text !== '' ? text : undefined;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function define(error: Error, name: string, value: unknown): void {
	Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
}

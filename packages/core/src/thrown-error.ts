import { inspect } from 'node:util';

/** A chain of causes is followed so far; a longer one is nobody's to read. */
const MOST_CAUSES = 8;

const UNREADABLE = Symbol('unreadable');

/**
 * A usable error of whatever was thrown: its message is a text with something in it, and reading it throws nothing. An
 * error that is usable is answered as it is; one that is not is answered as another of the same class, with the `cause`
 * cleaned likewise.
 */
export function errorOf(thrown: unknown): Error {
	return cleaned(thrown, []);
}

function cleaned(thrown: unknown, above: readonly unknown[]): Error {
	if (!isError(thrown)) return new Error(messageIn(thrown));
	if (isUsable(thrown, above)) return thrown;
	const name = textOf(() => thrown.name) ?? 'Error';
	const error = new Error(messageIn(thrown));
	for (const [key, value] of ownProperties(thrown)) {
		if (!Object.hasOwn(error, key)) define(error, key, value);
	}
	define(error, 'name', name);
	define(error, 'stack', textOf(() => thrown.stack) ?? `${name}: ${error.message}`);
	const cause = read(() => thrown.cause);
	const seen = [...above, thrown];
	const isLast = seen.length > MOST_CAUSES || seen.includes(cause);
	define(error, 'cause', isLast ? undefined : isError(cause) ? cleaned(cause, seen) : cause);
	// Whoever asks for the class, such as the decision about a retry, finds it; own properties hide its getters.
	return Object.setPrototypeOf(error, Object.getPrototypeOf(thrown)) as Error;
}

/** What else the error has to say, such as a status, as far as it can be read. */
function ownProperties(thrown: Error): [string, unknown][] {
	const keys = read(() => Object.keys(thrown)) ?? [];
	return keys.flatMap((key): [string, unknown][] => {
		const value = read(() => (thrown as unknown as Record<string, unknown>)[key], UNREADABLE);
		return value === UNREADABLE ? [] : [[key, value]];
	});
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
	const seen = [...above, error];
	return cause !== UNREADABLE && (!isError(cause) || (!seen.includes(cause) && isUsable(cause, seen)));
}

function messageIn(thrown: unknown): string {
	if (isError(thrown)) {
		return textOf(() => thrown.message) ?? `${textOf(() => thrown.name) ?? 'Error'} without a message`;
	}
	const own = isObject(thrown) ? textOf(() => (thrown as Error).message) : undefined;
	const text = own ?? textOf(() => String(thrown));
	if (text !== undefined && !text.startsWith('[object ')) return text;
	return textOf(() => inspect(thrown, { depth: 1, customInspect: false })) ?? 'something that cannot be shown';
}

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

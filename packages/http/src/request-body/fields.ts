import { InvalidRequestError } from '../errors.ts';
import { isRecord, kindOf } from '../kind-of.ts';

/** Names to values; a list gives its name several times, `undefined` and `null` are left out. */
export type Fields<Value> = Readonly<Record<string, Value | null | undefined | readonly Value[]>>;

/**
 * The names and values of `fields`, one by one.
 *
 * @param convert makes of a value what is sent; `undefined` when it cannot.
 * @param expected what would do, for the error message.
 * @throws InvalidRequestError when `fields` is no plain object, or a value cannot be sent.
 */
export function entriesOf<Value>(
	owner: string,
	fields: object,
	convert: (value: unknown) => Value | undefined,
	expected: string,
): [name: string, value: Value][] {
	if (!isRecord(fields)) {
		throw new InvalidRequestError(`${owner} is ${kindOf(fields)}: give an object of names and values.`);
	}
	const entries: [string, Value][] = [];
	for (const [name, value] of Object.entries(fields)) {
		if (value === undefined || value === null) continue;
		for (const item of Array.isArray(value) ? value : [value]) {
			const converted = convert(item);
			if (converted === undefined) {
				throw new InvalidRequestError(`${owner}.${name} is ${kindOf(item)}: give ${expected} or a list of these.`);
			}
			entries.push([name, converted]);
		}
	}
	return entries;
}

/** Strings, numbers and booleans have a plain text. */
export function textOf(value: unknown): string | undefined {
	const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return isText ? String(value) : undefined;
}

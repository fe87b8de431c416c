import { InvalidOptionError } from '../errors.ts';
import { shown } from '../shown.ts';
import { errorOf } from '../thrown-error.ts';

/** What became of a row that was held against its schema: the row to store, and why it is rejected, if it is. */
export interface ItemVerdict {
	readonly json: string;
	readonly reason?: string | undefined;
}

/** Holds a row, as JSON, against its schema. */
export type ItemCheck = (json: string) => Promise<ItemVerdict>;

/** @throws InvalidOptionError for what is no object, or cannot be written as JSON. */
export function itemJson(item: unknown): string {
	const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
	const json = isObject ? written(item) : undefined;
	// A Date is an object that is written as text.
	if (json?.startsWith('{')) return json;
	throw new InvalidOptionError(`pushData takes an object or an array of objects, got ${shown(item)}.`);
}

function written(item: object): string | undefined {
	try {
		return JSON.stringify(item);
	} catch (cause) {
		const reason = errorOf(cause).message.split('\n', 1)[0];
		throw new InvalidOptionError(
			`a row for pushData must be of what JSON can hold, such as text, numbers and lists (${reason}).`,
			{ cause },
		);
	}
}

import { inspect } from 'node:util';

/** What became of a row that was held against its schema: the row to store, and why it is rejected, if it is. */
export interface ItemVerdict {
	readonly json: string;
	readonly reason?: string | undefined;
}

/** Holds a row, as JSON, against its schema. */
export type ItemCheck = (json: string) => Promise<ItemVerdict>;

/** @throws TypeError for what is no object, or cannot be written as JSON. */
export function itemJson(item: unknown): string {
	const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
	const json = isObject ? JSON.stringify(item) : undefined;
	// A Date is an object that is written as text.
	if (json?.startsWith('{')) return json;
	const shown = inspect(item, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 100 });
	throw new TypeError(`pushData takes an object or an array of objects, got ${shown}.`);
}

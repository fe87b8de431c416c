/** What a cell can hold, apart from nothing. */
export type CellKind = 'string' | 'boolean' | 'integer' | 'number' | 'json';

/** What a column holds, named as in Parquet. */
export type ColumnType = 'STRING' | 'BOOLEAN' | 'INT64' | 'DOUBLE' | 'JSON';

/** What kind of value this is; undefined for nothing. Integers are those that every reader has exactly. */
export function cellKind(value: unknown): CellKind | undefined {
	if (value === null || value === undefined) return undefined;
	if (typeof value === 'string') return 'string';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number';
	return 'json';
}

/** The type that holds all these kinds of values. Where no other does, it is JSON. */
export function columnType(kinds: ReadonlySet<CellKind>): ColumnType {
	const [first = 'string'] = kinds;
	if (kinds.size <= 1) return TYPES[first];
	return [...kinds].every((kind) => kind === 'integer' || kind === 'number') ? 'DOUBLE' : 'JSON';
}

const TYPES: Readonly<Record<CellKind, ColumnType>> = {
	string: 'STRING',
	boolean: 'BOOLEAN',
	integer: 'INT64',
	number: 'DOUBLE',
	json: 'JSON',
};

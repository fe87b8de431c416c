import { expect, test } from 'vitest';
import { type CellKind, cellKind, columnType } from '../../src/export/column-type.ts';

test.each<[unknown, CellKind | undefined]>([
	['', 'string'],
	[true, 'boolean'],
	[0, 'integer'],
	[-1, 'integer'],
	[9_007_199_254_740_991, 'integer'],
	[9_007_199_254_740_992, 'number'],
	[-0, 'number'],
	[0.5, 'number'],
	[[], 'json'],
	[{}, 'json'],
	[null, undefined],
	[undefined, undefined],
])('%j is of the kind %s', (value, kind) => {
	expect(cellKind(value)).toBe(kind);
});

test.each<[CellKind[], string]>([
	[[], 'STRING'],
	[['string'], 'STRING'],
	[['boolean'], 'BOOLEAN'],
	[['integer'], 'INT64'],
	[['number'], 'DOUBLE'],
	[['integer', 'number'], 'DOUBLE'],
	[['number', 'integer'], 'DOUBLE'],
	[['json'], 'JSON'],
	[['string', 'integer'], 'JSON'],
	[['boolean', 'integer'], 'JSON'],
	[['string', 'json'], 'JSON'],
])('%j are held by %s', (kinds, type) => {
	expect(columnType(new Set(kinds))).toBe(type);
});

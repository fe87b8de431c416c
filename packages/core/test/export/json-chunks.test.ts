import { describe, expect, test } from 'vitest';
import { jsonArray, jsonLines } from '../../src/export/json-chunks.ts';
import { rowsOf, sourceOf, textOf } from './row-source.ts';

const MANY = Array.from({ length: 5_000 }, (_, id) => ({ id, text: 'ü'.repeat(id % 50), list: [id] }));

describe('JSON lines', () => {
	test('are the rows as they are stored', () => {
		expect(textOf(jsonLines(sourceOf([{ a: 'x\ny' }, { b: null }])))).toBe('{"a":"x\\ny"}\n{"b":null}\n');
	});

	test('of nothing are an empty file', () => {
		expect(textOf(jsonLines(sourceOf([])))).toBe('');
	});

	test('come in pieces', () => {
		const chunks = [...jsonLines(sourceOf(MANY))];
		expect(chunks.length).toBeGreaterThan(3);
		expect(rowsOf(chunks)).toBe(MANY.length);
		const lines = textOf(chunks).trimEnd().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(MANY);
	});
});

describe('a JSON array', () => {
	test.each([[[]], [[{ a: 1 }]], [[{ a: 1 }, { b: [1, { c: 2 }] }]], [MANY]])('is valid JSON', (rows: unknown[]) => {
		const chunks = [...jsonArray(sourceOf(rows))];
		expect(JSON.parse(textOf(chunks))).toEqual(rows);
		expect(rowsOf(chunks)).toBe(rows.length);
	});

	test('has a row a line', () => {
		expect(textOf(jsonArray(sourceOf([{ a: 1 }, { b: 2 }])))).toBe('[\n{"a":1},\n{"b":2}\n]\n');
		expect(textOf(jsonArray(sourceOf([])))).toBe('[]\n');
	});
});

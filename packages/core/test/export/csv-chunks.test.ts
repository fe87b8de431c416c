import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvChunks } from '../../src/export/csv-chunks.ts';
import { readCsv } from './read-csv.ts';
import { rowsOf, sourceOf, textOf } from './row-source.ts';

function csv(...rows: unknown[]): string {
	return textOf(csvChunks(sourceOf(rows)));
}

describe('RFC 4180', () => {
	test.each([
		['plain', 'plain'],
		['a, b', '"a, b"'],
		['say "yes"', '"say ""yes"""'],
		['"', '""""'],
		['a\nb', '"a\nb"'],
		['a\rb', '"a\rb"'],
		['a\r\nb', '"a\r\nb"'],
		['größe 你好 🕷', 'größe 你好 🕷'],
		[' spaces ', ' spaces '],
		['\ttab', '\ttab'],
		['', '""'],
		['null', 'null'],
		// What a spreadsheet takes for a formula is the text of a page, and is not changed.
		['=1+1', '=1+1'],
		['+49 30 1234', '+49 30 1234'],
		['-5', '-5'],
		['@name', '@name'],
	])('%j is written as %s', (value, written) => {
		expect(csv({ id: 1, value })).toBe(`id,value\r\n1,${written}\r\n`);
	});

	test('a key is quoted like a value', () => {
		expect(csv({ 'a,b': 1, 'c"d': 2, 'e\nf': 3 })).toBe('"a,b","c""d","e\nf"\r\n1,2,3\r\n');
	});
});

describe('values', () => {
	test.each([
		[true, 'true'],
		[false, 'false'],
		[0, '0'],
		[-0.5, '-0.5'],
		[1e21, '1e+21'],
		[9_007_199_254_740_991, '9007199254740991'],
		[null, ''],
		['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z'],
		[[], '[]'],
		[['a', 1, null], '"[""a"",1,null]"'],
		[[{ b: 1 }], '"[{""b"":1}]"'],
		[{}, '{}'],
	])('%j is written as %s', (value, written) => {
		expect(csv({ id: 1, value })).toBe(`id,value\r\n1,${written}\r\n`);
	});

	test('what a row does not have is an empty cell, as null is', () => {
		expect(csv({ a: 1 }, { b: '' }, { a: null, b: 2 })).toBe('a,b\r\n1,\r\n,""\r\n,2\r\n');
	});

	test('a row of nothing but null is a line that every reader sees', () => {
		expect(csv({ a: null }, { a: 1 })).toBe('a\r\n""\r\n1\r\n');
	});
});

describe('columns', () => {
	test('are those of all rows, in the order in which they appear', () => {
		expect(csv({ b: 1 }, { a: 2, b: 3 }, { c: 4 })).toBe('b,a,c\r\n1,,\r\n3,2,\r\n,,4\r\n');
	});

	test('of an empty result are those that its rows would have', () => {
		expect(textOf(csvChunks(sourceOf([], [{ a: 1 }, { b: { c: 2 } }])))).toBe('a,b.c\r\n');
	});

	test('there are none where there is nothing to go by', () => {
		expect(csv()).toBe('');
		expect(csv({})).toBe('');
	});
});

test('the rows are counted where they are written', () => {
	const rows = Array.from({ length: 2_500 }, (_, id) => ({ id }));
	expect(rowsOf(csvChunks(sourceOf(rows)))).toBe(2_500);
	expect(readCsv(textOf(csvChunks(sourceOf(rows))))).toEqual([['id'], ...rows.map(({ id }) => [String(id)])]);
});

const text = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc
		.array(fc.constantFrom('"', ',', '\r', '\n', ';', "'", ' ', '\t', '\\', 'a', 'ü', '🕷', '\u2028'), { maxLength: 8 })
		.map((all) => all.join('')),
);
const row = fc.record({
	a: text,
	b: fc.option(text),
	c: fc.oneof(fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
});

test('whatever is written is read again', () => {
	fc.assert(
		fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
			const [header, ...records] = readCsv(csv(...rows));
			expect(header).toEqual(['a', 'b', 'c']);
			expect(records).toEqual(rows.map(({ a, b, c }) => [a, b, JSON.stringify(c)]));
		}),
	);
});

const hasPython = spawnSync('python3', ['-c', 'import csv']).status === 0;

// Without python3 there is nobody to ask; the property above holds all the same.
test.runIf(hasPython)(
	'Python reads what was written',
	() => {
		const script =
			'import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.read(), newline="")))))';
		// Python's reader takes NUL for the end of a line, or refuses it.
		const printable = row.map((one) => JSON.parse(JSON.stringify(one).replaceAll('\\u0000', '0')) as typeof one);
		const seed = Math.floor(Math.random() * 2 ** 31);
		console.log(`rows for Python: seed ${seed}`);
		const rows = fc.sample(printable, { numRuns: 2_000, seed });
		const env = { ...process.env, PYTHONUTF8: '1' };
		const read = execFileSync('python3', ['-c', script], { input: csv(...rows), env, encoding: 'utf8' });
		expect(JSON.parse(read)).toEqual([['a', 'b', 'c'], ...rows.map(({ a, b, c }) => [a, b ?? '', JSON.stringify(c)])]);
	},
	30_000,
);

import { describe, expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { learnColumns, RowColumns } from '../../src/export/row-columns.ts';
import { sourceOf } from './row-source.ts';

function learnt(rows: unknown[], options?: { depth: number }): RowColumns {
	const columns = new RowColumns(options);
	for (const row of rows) columns.learn(row);
	return columns;
}

function names(...rows: unknown[]): string[] {
	return learnt(rows).columns.map(({ name }) => name);
}

describe('names', () => {
	test('objects within a row are flattened, lists and empty objects are not', () => {
		expect(names({ a: { b: { c: 1 }, d: [{ e: 2 }] }, f: {} })).toEqual(['a.b.c', 'a.d', 'f']);
	});

	test('a value that is an object in another row has a column of its own', () => {
		const columns = learnt([{ a: 1 }, { a: { b: 2 } }]);
		expect(columns.columns.map(({ name }) => name)).toEqual(['a', 'a.b']);
		expect(columns.cells({ a: { b: 2 } })).toEqual([undefined, 2]);
		expect(columns.cells({ a: 1 })).toEqual([1, undefined]);
	});

	test('null in place of an object makes no column, null everywhere does', () => {
		expect(names({ a: null, b: null }, { a: { c: 1 } })).toEqual(['b', 'a.c']);
	});

	test('ways that would have the same name stay apart', () => {
		const row = { 'a.b': 1, a: { b: 2 }, 'a.b#2': 3 };
		const columns = learnt([row]);
		expect(columns.columns.map(({ name }) => name)).toEqual(['a.b', 'a.b#2', 'a.b#2#2']);
		expect(columns.cells(row)).toEqual([1, 2, 3]);
	});

	test('any key is a key', () => {
		const row = JSON.parse('{"__proto__":1,"constructor":2,"":3,"toString":{"x":4}}') as object;
		const columns = learnt([row]);
		expect(columns.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', '', 'toString.x']);
		expect(columns.cells(row)).toEqual([1, 2, 3, 4]);
		expect(columns.cells({})).toEqual([undefined, undefined, undefined, undefined]);
	});

	test('what is no object has one column', () => {
		const columns = learnt(['text', [1]]);
		expect(columns.columns).toEqual([{ name: 'value', type: 'JSON' }]);
		expect(columns.cells('text')).toEqual(['text']);
	});

	test('a row without keys has none', () => {
		expect(names({}, {})).toEqual([]);
	});

	test('what lies deep is one cell', () => {
		const deep = (levels: number): unknown => (levels === 0 ? 1 : { k: deep(levels - 1) });
		const columns = learnt([deep(1_000)]);
		expect(columns.columns).toHaveLength(1);
		expect(columns.cells(deep(1_000))).toEqual([deep(1_000 - 16)]);
	});

	test('rows that are learnt later are taken into account', () => {
		const columns = learnt([{ a: null }]);
		expect(columns.cells({ a: 1 })).toEqual([1]);
		columns.learn({ a: { b: 1 } });
		expect(columns.columns.map(({ name }) => name)).toEqual(['a.b']);
		expect(columns.cells({ a: { b: 2 } })).toEqual([2]);
	});

	test('nothing is flattened at depth 1', () => {
		const columns = learnt([{ a: { b: 1 } }], { depth: 1 });
		expect(columns.columns).toEqual([{ name: 'a', type: 'JSON' }]);
		expect(columns.cells({ a: { b: 1 } })).toEqual([{ b: 1 }]);
	});
});

test('keys that were not learnt are passed over', () => {
	const columns = learnt([{ a: 1 }]);
	expect(columns.cells({ a: 2, b: 3, c: { d: 4 } })).toEqual([2]);
	expect(columns.columns).toHaveLength(1);
});

test('types are those of all rows', () => {
	const columns = learnt([
		{ a: 1, b: 'x', c: true, d: 1, e: 1, f: null },
		{ a: 2, b: null, c: false, d: 1.5, e: 'x' },
	]);
	expect(columns.columns.map(({ type }) => type)).toEqual(['INT64', 'STRING', 'BOOLEAN', 'DOUBLE', 'JSON', 'STRING']);
});

test('keys without end are refused with the way out', () => {
	const columns = new RowColumns();
	const learn = (): void => {
		for (let id = 0; id <= 10_000; id += 1) columns.learn({ prices: { [id]: 1 } });
	};
	expect(learn).toThrow(InvalidOptionError);
	expect(learn).toThrow(/more than 10000 different keys.*jsonl/);
});

describe('learning', () => {
	test('takes likely rows only where there are no others', () => {
		const columns = new RowColumns();
		const chunks = [...learnColumns(columns, sourceOf([{ a: 1 }], [{ b: 1 }]))];
		expect(columns.columns.map(({ name }) => name)).toEqual(['a']);
		expect(chunks).toEqual([]);
	});

	test('gives others a turn every thousand rows', () => {
		const rows = Array.from({ length: 2_001 }, (_, id) => ({ id }));
		expect([...learnColumns(new RowColumns(), sourceOf(rows))]).toEqual([
			{ bytes: '', rows: 0 },
			{ bytes: '', rows: 0 },
		]);
		expect([...learnColumns(new RowColumns(), sourceOf([], rows))]).toHaveLength(2);
	});
});

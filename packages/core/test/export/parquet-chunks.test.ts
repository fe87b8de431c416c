import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { parquetChunks } from '../../src/export/parquet-chunks.ts';
import { bytesOf, rowsOf, sourceOf } from './row-source.ts';

function written(rows: readonly unknown[], likely: readonly unknown[] = []): ArrayBuffer {
	const bytes = bytesOf(parquetChunks(sourceOf(rows, likely)));
	return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}

async function readBack(rows: readonly unknown[]): Promise<unknown[]> {
	return await parquetReadObjects({ file: written(rows) });
}

/** Name, physical type and what it stands for. */
function columnsOf(file: ArrayBuffer): unknown[] {
	const [, ...columns] = parquetMetadata(file).schema;
	return columns.map(({ name, type, converted_type, repetition_type }) => [
		name,
		type,
		converted_type,
		repetition_type,
	]);
}

const EVERY = [
	{ text: 'größe 🕷', whole: 1, real: 0.5, yes: true, mixed: 'a', list: ['x', null], offer: { price: 9 }, none: null },
	{
		text: '',
		whole: -9_007_199_254_740_991,
		real: 3,
		yes: false,
		mixed: 1,
		list: [],
		offer: { price: 9.5 },
		none: null,
	},
	{ whole: 9_007_199_254_740_991, real: 1e300, mixed: [{ k: true }] },
	{ text: null, whole: null, real: null, yes: null, mixed: null, list: null, offer: null, none: null },
];

test('each column has the type that holds its values', () => {
	expect(columnsOf(written(EVERY))).toEqual([
		['text', 'BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
		['whole', 'INT64', undefined, 'OPTIONAL'],
		['real', 'DOUBLE', undefined, 'OPTIONAL'],
		['yes', 'BOOLEAN', undefined, 'OPTIONAL'],
		['mixed', 'BYTE_ARRAY', 'JSON', 'OPTIONAL'],
		['list', 'BYTE_ARRAY', 'JSON', 'OPTIONAL'],
		['offer.price', 'DOUBLE', undefined, 'OPTIONAL'],
		['none', 'BYTE_ARRAY', 'UTF8', 'OPTIONAL'],
	]);
});

test('each value is read as it was', async () => {
	const nothing = {
		text: null,
		whole: null,
		real: null,
		yes: null,
		mixed: null,
		list: null,
		'offer.price': null,
		none: null,
	};
	expect(await readBack(EVERY)).toEqual([
		{ ...nothing, text: 'größe 🕷', whole: 1n, real: 0.5, yes: true, mixed: 'a', list: ['x', null], 'offer.price': 9 },
		{
			...nothing,
			text: '',
			whole: -9_007_199_254_740_991n,
			real: 3,
			yes: false,
			mixed: 1,
			list: [],
			'offer.price': 9.5,
		},
		{ ...nothing, whole: 9_007_199_254_740_991n, real: 1e300, mixed: [{ k: true }] },
		nothing,
	]);
});

test('numbers that are no safe integers are doubles', async () => {
	const rows = [{ n: 1 }, { n: 9_007_199_254_740_992 }];
	expect(await readBack(rows)).toEqual(rows);
});

describe('groups of rows', () => {
	test('hold what memory holds, and together all rows', async () => {
		const rows = Array.from({ length: 120_000 }, (_, id) => ({ id }));
		const chunks = [...parquetChunks(sourceOf(rows))];
		expect(rowsOf(chunks)).toBe(rows.length);
		const file = new Uint8Array(bytesOf(chunks)).buffer;
		const groups = parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows));
		expect(groups.length).toBeGreaterThan(2);
		expect(Math.max(...groups)).toBeLessThanOrEqual(50_000);
		const read = await parquetReadObjects({ file });
		expect(read.every(({ id }, index) => id === BigInt(index)) && read.length === rows.length).toBe(true);
	}, 60_000);

	test('are small where rows are large', () => {
		const rows = Array.from({ length: 100 }, (_, id) => ({ id, body: String(id).repeat(200_000 / String(id).length) }));
		const groups = parquetMetadata(written(rows)).row_groups.map(({ num_rows }) => Number(num_rows));
		expect(groups.length).toBeGreaterThan(1);
		expect(groups.reduce((sum, count) => sum + count)).toBe(100);
	}, 60_000);
});

describe('an empty result', () => {
	test('has the columns that its rows would have', async () => {
		const file = written([], [{ a: 1, b: true }]);
		expect(columnsOf(file)).toEqual([
			['a', 'INT64', undefined, 'OPTIONAL'],
			['b', 'BOOLEAN', undefined, 'OPTIONAL'],
		]);
		expect(await parquetReadObjects({ file })).toEqual([]);
	});

	test('is a valid file also where there is nothing to go by', () => {
		expect(parquetMetadata(written([])).num_rows).toBe(0n);
	});
});

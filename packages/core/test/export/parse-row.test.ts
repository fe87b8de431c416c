import { expect, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { csvChunks } from '../../src/export/csv-chunks.ts';
import { parquetChunks } from '../../src/export/parquet-chunks.ts';
import { parseRow } from '../../src/export/parse-row.ts';

test('a row is its JSON', () => {
	expect(parseRow('{"a":[1,null]}')).toEqual({ a: [1, null] });
});

test.each(['', '{"a":1', `{"a":"${'x'.repeat(1_000)}`])('%j is damaged', (json) => {
	expect(() => parseRow(json)).toThrow(StorageError);
	expect(() => parseRow(json)).toThrow(/^The storage is damaged: a row is no JSON, .{2,200}\. Export as jsonl/);
});

test.each([csvChunks, parquetChunks])('it ends an export to a table', (chunksOf) => {
	const source = { rows: () => ['{"a":1}', '{"a":'], likely: () => [] };
	expect(() => [...chunksOf(source)]).toThrow(expect.objectContaining({ code: 'ORB_STORAGE_DAMAGED' }));
});

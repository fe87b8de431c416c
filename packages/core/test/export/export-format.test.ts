import { describe, expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { exportFormat } from '../../src/export/export-format.ts';

test.each([
	['products.csv', 'csv'],
	['a.b/PRODUCTS.CSV', 'csv'],
	['x.json', 'json'],
	['x.jsonl', 'jsonl'],
	['x.ndjson', 'jsonl'],
	['x.csv.parquet', 'parquet'],
])('%s is written as %s', (file, format) => {
	expect(exportFormat(file, undefined)).toBe(format);
});

test('what is given counts more than the name', () => {
	expect(exportFormat('x.csv', 'json')).toBe('json');
	expect(exportFormat('-', 'parquet')).toBe('parquet');
	expect(exportFormat(undefined, 'jsonl')).toBe('jsonl');
});

describe('what stands for no format is refused with those that do', () => {
	test.each([
		['x.xls', undefined, '"x.xls" has no extension'],
		['csv', undefined, '"csv" has no extension'],
		['x.csv', 'xml', 'format must be one of jsonl, json, csv, parquet, got "xml".'],
		['x.csv', '', 'format must be one of'],
		['-', undefined, 'A stream has no name'],
		[undefined, undefined, 'A stream has no name'],
	])('%s as %s', (file, given, message) => {
		expect(() => exportFormat(file, given)).toThrow(InvalidOptionError);
		expect(() => exportFormat(file, given)).toThrow(message);
		expect(() => exportFormat(file, given)).toThrow('jsonl, json, csv, parquet');
	});
});

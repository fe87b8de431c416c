import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { InvalidOptionError, StorageError } from '../../src/errors.ts';
import { type ExportOptions, exportResults } from '../../src/export/export-results.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequest } from '../store/requests.ts';
import { storageWith } from './storage.ts';

const ROWS = [
	{ name: 'a', price: 1, offer: { new: true } },
	{ name: 'b "c"', price: 2.5 },
];

/** What is beside the storage. */
async function others(storage: string): Promise<string[]> {
	return (await readdir(dirname(storage))).filter((name) => name !== 'crawl.sqlite').sort();
}

describe('a file', () => {
	test.each([
		['rows.csv', 'csv', 'name,price,offer.new\r\na,1,true\r\n"b ""c""",2.5,\r\n'],
		['rows.jsonl', 'jsonl', `${ROWS.map((row) => JSON.stringify(row)).join('\n')}\n`],
		['rows.json', 'json', `[\n${ROWS.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`],
	])('%s', async (name, format, written) => {
		const storage = await storageWith(ROWS);
		const file = join(dirname(storage), name);
		const bytes = Buffer.byteLength(written);
		expect(await exportResults(storage, file)).toEqual({ rows: 2, bytes, isWhole: true, format });
		expect(await readFile(file, 'utf8')).toBe(written);
		expect(await others(storage)).toEqual([name]);
	});

	test('rows.parquet', async () => {
		const storage = await storageWith(ROWS);
		const file = join(dirname(storage), 'rows.parquet');
		const { bytes } = await exportResults(storage, file);
		const content = new Uint8Array(await readFile(file)).buffer;
		expect(content.byteLength).toBe(bytes);
		expect(await parquetReadObjects({ file: content })).toEqual([
			{ name: 'a', price: 1, 'offer.new': true },
			{ name: 'b "c"', price: 2.5, 'offer.new': null },
		]);
	});

	test('that is there already is replaced', async () => {
		const storage = await storageWith(ROWS);
		const file = join(dirname(storage), 'rows.jsonl');
		await writeFile(
			file,
			'a longer text than the rows are, all together, by far, so that something of it would be left',
		);
		await exportResults(storage, file);
		expect(await readFile(file, 'utf8')).toBe(ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));
	});
});

test('a stream, which is ended', async () => {
	const stream = new PassThrough();
	const read = text(stream);
	await exportResults(await storageWith(ROWS), stream, { format: 'jsonl' });
	expect((await read).trimEnd().split('\n')).toHaveLength(2);
});

describe('the rows', () => {
	test('of a dataset, a label and a time', async () => {
		const storage = await storageWith([{ n: 1 }], 'other');
		await using store = SqliteStore.open(storage);
		await store.add([newRequest('/', { label: 'product' })]);
		const [page] = await store.lease('a.example', 1);
		const items = [{ dataset: 'other', json: '{"n":2}' }];
		await store.commit({ id: page?.id ?? 0, retryCount: 0, outcome: { status: 'handled' }, requests: [], items });
		const rows = async (options: ExportOptions): Promise<string> => {
			const stream = new PassThrough();
			const read = text(stream);
			await exportResults(storage, stream, { format: 'jsonl', dataset: 'other', ...options });
			return await read;
		};
		// While the store has the file open, and its lock.
		expect(await rows({})).toBe('{"n":1}\n{"n":2}\n');
		expect(await rows({ label: 'product' })).toBe('{"n":2}\n');
		expect(await rows({ since: new Date(Date.now() + 60_000) })).toBe('');
		expect(await rows({ until: '2020-01-01' })).toBe('');
		expect(await rows({ since: Date.now() - 60_000, until: Date.now() + 60_000 })).toBe('{"n":1}\n{"n":2}\n');
		await store.pushItems([{ dataset: 'other', json: '{"n":3}' }]);
		expect(await rows({})).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
	});

	test('that are none have the header of all', async () => {
		const storage = await storageWith(ROWS);
		const file = join(dirname(storage), 'none.csv');
		expect(await exportResults(storage, file, { until: 0 })).toMatchObject({ rows: 0 });
		expect(await readFile(file, 'utf8')).toBe('name,price,offer.new\r\n');
	});

	test('that were rejected', async () => {
		const storage = await storageWith([]);
		const file = join(dirname(storage), 'rejected.csv');
		await exportResults(storage, file, { which: 'rejected' });
		expect(await readFile(file, 'utf8')).toBe('url,reason,rejectedAt\r\n');
		await using store = SqliteStore.open(storage);
		await store.add([newRequest('/')]);
		const [page] = await store.lease('a.example', 1);
		const rejected = [{ dataset: 'default', json: '{"price":"x"}', reason: 'price: must be a number' }];
		const outcome = { status: 'handled' } as const;
		await store.commit({ id: page?.id ?? 0, retryCount: 0, outcome, requests: [], items: [], rejected });
		expect(await exportResults(storage, file, { which: 'rejected' })).toMatchObject({ rows: 1 });
		expect(await readFile(file, 'utf8')).toMatch(
			/^url,reason,rejectedAt,item\.price\r\nhttp:\/\/a\.example\/,price: must be a number,\d{4}-[^,]+Z,x\r\n$/,
		);
	});

	test('of a crawl that has found nothing yet are none', async () => {
		const storage = await storageWith([]);
		expect(await exportResults(storage, join(dirname(storage), 'a.csv'))).toMatchObject({ rows: 0, bytes: 0 });
	});
});

describe('nothing is written', () => {
	test('for a dataset that is not there', async () => {
		const storage = await storageWith(ROWS, 'products');
		const file = join(dirname(storage), 'a.csv');
		for (const dataset of ['default', 'product']) {
			await expect(exportResults(storage, file, { dataset })).rejects.toThrow(
				`storage "${storage}" has no dataset "${dataset}"; it has "products". Choose one with dataset.`,
			);
		}
		const empty = await storageWith([]);
		await expect(exportResults(empty, file, { dataset: 'x' })).rejects.toThrow('it has no datasets yet');
		expect(await others(storage)).toEqual([]);
	});

	test.each<[string, ExportOptions, string]>([
		['x.xls', {}, '"x.xls" has no extension'],
		['x.csv', { since: '2026-02-01', until: '2026-01-01' }, 'since must be before until, got 2026-02-01T00:00:00.000Z'],
		['x.csv', { since: 'yesterday' }, 'since must be a date or time'],
		['x.csv', { label: 5 } as unknown as ExportOptions, 'label must be the label of a request, a string, got 5.'],
		['x.csv', { which: 'all' } as unknown as ExportOptions, `which must be 'items' or 'rejected', got "all".`],
		['x.csv', { lable: 'a' } as ExportOptions, 'exportResults has no option lable; did you mean label?'],
	])('to %s with %j', async (name, options, message) => {
		const storage = await storageWith(ROWS);
		const exporting = exportResults(storage, name, options);
		await expect(exporting).rejects.toThrow(InvalidOptionError);
		await expect(exporting).rejects.toThrow(message);
	});

	test('over the storage itself', async () => {
		const storage = await storageWith(ROWS);
		const before = await readFile(storage);
		await expect(exportResults(storage, storage, { format: 'csv' })).rejects.toThrow('is the storage itself');
		expect((await readFile(storage)).equals(before)).toBe(true);
	});

	test('from memory, or from what is no storage', async () => {
		await expect(exportResults(':memory:', 'x.csv')).rejects.toThrow(InvalidOptionError);
		await expect(exportResults('/nowhere/crawl.sqlite', 'x.csv')).rejects.toThrow(StorageError);
	});

	test('after an abort', async () => {
		const storage = await storageWith(ROWS);
		const signal = AbortSignal.abort(new Error('stopped'));
		await expect(exportResults(storage, join(dirname(storage), 'a.csv'), { signal })).rejects.toThrow('stopped');
		const stop = new AbortController();
		setImmediate(() => stop.abort(new Error('stopped later')));
		const many = await storageWith(Array.from({ length: 20_000 }, (_, id) => ({ id })));
		const file = join(dirname(many), 'a.csv');
		await expect(exportResults(many, file, { signal: stop.signal })).rejects.toThrow('stopped later');
		expect(await others(many)).toEqual([]);
	});
});

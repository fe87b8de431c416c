import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, testCrawler } from './crawl.ts';

const ROWS = [
	{ inStock: true, name: 'a, b' },
	{ inStock: false, offer: { price: 1 } },
];

test.each([
	['rows.csv', undefined],
	['ROWS.CSV', undefined],
	['rows.txt', 'csv'],
] as const)('%s as %s has true and false as such, and answers the rows', async (name, format) => {
	const path = join(await tempFolder(), 'new', name);
	const crawler = testCrawler();
	await crawler.pushData(ROWS);
	expect(await crawler.exportData(path, format)).toEqual(ROWS);
	expect(await readFile(path, 'utf8')).toBe('inStock,name,offer\ntrue,"a, b",\nfalse,,"{""price"":1}"\n');
});

test('the columns are those of the first row where that is asked for', async () => {
	const path = join(await tempFolder(), 'rows.csv');
	const crawler = testCrawler();
	await crawler.pushData(ROWS);
	await crawler.exportData(path, 'csv', { collectAllKeys: false });
	expect(await readFile(path, 'utf8')).toBe('inStock,name\ntrue,"a, b"\nfalse,\n');
});

test('JSON, and what is no format, are left to Crawlee', async () => {
	const folder = await tempFolder();
	const crawler = testCrawler();
	await crawler.pushData(ROWS);
	expect(await crawler.exportData(join(folder, 'rows.csv'), 'json')).toEqual(ROWS);
	expect(JSON.parse(await readFile(join(folder, 'rows.csv'), 'utf8'))).toEqual(ROWS);
	await expect(crawler.exportData(join(folder, 'rows.xls'))).rejects.toThrow('Supported formats');
});

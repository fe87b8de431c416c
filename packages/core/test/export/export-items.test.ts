import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportItems } from '../../src/export/export-items.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

async function written(items: object[], collectAllKeys = true): Promise<string> {
	const path = join(await temporaryFolder(), 'new', 'items.csv');
	await exportItems(path, items, { collectAllKeys });
	return await readFile(path, 'utf8');
}

test('true and false are written as such, objects as JSON, lines end as in Crawlee', async () => {
	const items = [{ a: true, b: false, c: null, d: '', e: { f: [1] } }];
	expect(await written(items)).toBe('a,b,c,d,e\ntrue,false,,"","{""f"":[1]}"\n');
});

test('the columns are the keys of all rows, or of the first', async () => {
	const items = [{ a: 1 }, { a: 2, b: 3 }];
	expect(await written(items)).toBe('a,b\n1,\n2,3\n');
	expect(await written(items, false)).toBe('a\n1\n2\n');
});

test('nothing is an empty file', async () => {
	expect(await written([])).toBe('');
});

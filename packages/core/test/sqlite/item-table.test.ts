import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { ItemWalk } from '../../src/store/item-store.ts';

test('rows are gone through in both directions, from anywhere', async () => {
	await using store = SqliteStore.open(':memory:');
	for (const n of [0, 1, 2, 3, 4]) await store.pushItems(['d', 'other'].map((dataset) => ({ dataset, json: `${n}` })));
	const all = await store.itemsAfter('d', 0, 9);
	const after = async (id: number, limit: number, walk: ItemWalk): Promise<string> =>
		(await store.itemsAfter('d', id, limit, walk)).map(({ json }) => json).join('');
	expect(all.map(({ json }) => json).join('')).toBe('01234');
	expect(await after(0, 2, { skip: 2 })).toBe('23');
	expect(await after(all[1]?.id as number, 2, { skip: 1 })).toBe('34');
	expect(await after(Number.MAX_SAFE_INTEGER, 2, { desc: true })).toBe('43');
	expect(await after(all[3]?.id as number, 9, { desc: true, skip: 1 })).toBe('10');
	expect(await after(0, 9, { skip: 9 })).toBe('');
});

test('a dataset gets another name and keeps its rows', async () => {
	await using store = SqliteStore.open(':memory:');
	await store.pushItems([
		{ dataset: 'a', json: '1' },
		{ dataset: 'b', json: '2' },
	]);
	expect(await store.renameDataset('a', 'b')).toBe(false);
	expect(await store.renameDataset('none', 'c')).toBe(false);
	expect(await store.renameDataset('a', 'c')).toBe(true);
	await store.pushItems([
		{ dataset: 'c', json: '3' },
		{ dataset: 'a', json: '4' },
	]);
	const read = async (name: string): Promise<string[]> => (await store.itemsAfter(name, 0, 9)).map(({ json }) => json);
	expect([await read('a'), await read('b'), await read('c')]).toEqual([['4'], ['2'], ['1', '3']]);
});

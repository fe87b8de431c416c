import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';

test('a key-value store gets another name and keeps its values', async () => {
	await using store = SqliteStore.open(':memory:');
	const value = new Uint8Array([7]);
	await store.setRecord('a', { key: 'k', value });
	await store.openRecords('b');
	expect(await store.renameRecords('a', 'b')).toBe(false);
	expect(await store.renameRecords('none', 'c')).toBe(false);
	expect(await store.renameRecords('a', 'c')).toBe(true);
	expect(await store.getRecord('a', 'k')).toBeUndefined();
	expect((await store.getRecord('c', 'k'))?.value).toEqual(value);
	expect((await store.recordStores()).map(({ name }) => name)).toEqual(['c', 'b']);
});

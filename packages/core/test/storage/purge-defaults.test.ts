import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { purgeDefaults } from '../../src/storage/purge-defaults.ts';
import { newRequest } from '../store/requests.ts';

const END = { forefront: false };
const REQUEST = { id: 'a', json: '{}', isHandled: false };

async function filled(): Promise<SqliteStore> {
	const store = SqliteStore.open(':memory:');
	for (const name of ['default', 'named']) {
		await store.pushItems([{ dataset: name, json: '{}' }]);
		await store.setRecord(name, { key: 'INPUT', contentType: 'text/plain', value: new Uint8Array([7]) });
		await store.setRecord(name, { key: 'OTHER', value: new Uint8Array(1) });
		await store.crawleeQueues.add(name, [REQUEST], END);
	}
	return store;
}

test('empties what has no name, but for the input', async () => {
	await using store = await filled();
	await purgeDefaults(store);
	expect((await store.datasets()).map(({ name }) => name)).toEqual(['named']);
	expect((await store.crawleeQueues.list()).map(({ name }) => name)).toEqual(['named']);
	expect(await store.listRecords('named', { limit: 9 })).toHaveLength(2);
	expect(await store.listRecords('default', { limit: 9 })).toEqual([{ key: 'INPUT', size: 1 }]);
	expect(await store.getRecord('default', 'INPUT')).toMatchObject({ contentType: 'text/plain' });
});

test('of an empty store changes nothing', async () => {
	await using store = SqliteStore.open(':memory:');
	await purgeDefaults(store);
	expect([await store.datasets(), await store.recordStores(), await store.crawleeQueues.list()]).toEqual([[], [], []]);
});

test('beside a crawl of ours, only the queue is emptied', async () => {
	await using store = await filled();
	await store.add([newRequest('/1')]);
	await purgeDefaults(store);
	expect((await store.crawleeQueues.list()).map(({ name }) => name)).toEqual(['named']);
	expect(await store.datasets()).toHaveLength(2);
	expect(await store.listRecords('default', { limit: 9 })).toHaveLength(2);
	expect(store.counts()).toMatchObject({ waiting: 1 });
});

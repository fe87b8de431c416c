import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KeyValueStoreClient } from '../../src/storage/key-value-store-client.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';

function newStore(name = 's'): { store: KeyValueStoreClient; handle: StorageHandle } {
	const handle = new StorageHandle(':memory:');
	onTestFinished(() => handle[Symbol.asyncDispose]());
	return { store: new KeyValueStoreClient(handle, name), handle };
}

describe('values', () => {
	test.each([
		['text', 'a < b', 'text/plain; charset=utf-8'],
		['an object', { a: [1, null] }, 'application/json; charset=utf-8'],
		['a number', 7, 'application/json; charset=utf-8'],
		['bytes', Buffer.from([0, 255]), 'application/octet-stream'],
	])('%s comes back as it was, with the type that Crawlee gives it', async (_, value, contentType) => {
		const { store } = newStore();
		await store.setRecord({ key: 'k', value });
		expect(await store.getRecord('k')).toEqual({ key: 'k', value, contentType });
	});

	test.each([
		['application/xml', '<a/>', '<a/>'],
		['image/svg+xml; charset=utf-8', '<svg/>', Buffer.from('<svg/>')],
		['application/rss+xml; charset=utf-8', '<rss/>', '<rss/>'],
		['TEXT/HTML', '<p>', '<p>'],
		['application/json5', '{}', Buffer.from('{}')],
		['APPLICATION/JSON', '{"a":1}', { a: 1 }],
	])('%s is read as Crawlee reads it', async (contentType, written, read) => {
		const { store } = newStore();
		await store.setRecord({ key: 'k', value: written, contentType });
		expect((await store.getRecord('k'))?.value).toEqual(read);
	});

	test('are had as bytes or as a stream, on demand', async () => {
		const { store } = newStore();
		await store.setRecord({
			key: 'k',
			value: Readable.from([Buffer.from('é'), Buffer.from('!')]),
			contentType: 'text/x',
		});
		expect((await store.getRecord('k', { buffer: true }))?.value).toEqual(Buffer.from('é!'));
		expect(await text((await store.getRecord('k', { stream: true }))?.value as Readable)).toBe('é!');
	});
});

test('keys are listed awaited, and iterated with their sizes', async () => {
	const { store } = newStore();
	const keys = Array.from({ length: 1_200 }, (_, n) => `k${String(n).padStart(4, '0')}`);
	await Promise.all(keys.map((key) => store.setRecord({ key, value: 'ab' })));
	expect(await store.listKeys({ limit: 2, exclusiveStartKey: 'k0002' })).toEqual({
		count: 2,
		limit: 2,
		exclusiveStartKey: 'k0002',
		isTruncated: true,
		nextExclusiveStartKey: 'k0004',
		items: [
			{ key: 'k0003', size: 2 },
			{ key: 'k0004', size: 2 },
		],
	});
	const facts: { key: string; size: number }[] = [];
	for await (const fact of store.listKeys()) facts.push(fact);
	expect(facts).toEqual(keys.map((key) => ({ key, size: 2 })));
	const some: string[] = [];
	for await (const key of store.keys({ limit: 1_100 })) some.push(key);
	expect(some).toEqual(keys.slice(0, 1_100));
});

test('a store gets another name, which others have not', async () => {
	const { store, handle } = newStore();
	expect(await store.update({ name: 'new' })).toEqual({});
	await store.setRecord({ key: 'k', value: 1 });
	await new KeyValueStoreClient(handle, 'taken').setRecord({ key: 'k', value: 2 });
	await expect(store.update({ name: 'taken' })).rejects.toThrow('there is a key-value store "taken" already');
	expect(await store.update({ name: 'new' })).toMatchObject({ id: 'new', name: 'new' });
	expect(await store.getRecord('k')).toMatchObject({ value: 1 });
	expect(await store.update()).toMatchObject({ name: 'new' });
});

test.each([
	['a key that is none', (store) => store.getRecord(undefined as never), 'key of a record must be'],
	['an empty key', (store) => store.setRecord({ key: '', value: 1 }), 'key of a record must be'],
	[
		'a type that is none',
		(store) => store.setRecord({ key: 'k', value: 1, contentType: {} as never }),
		'contentType of',
	],
	['half a key', (store) => store.listKeys({ limit: 1.5 }), 'limit must be a whole number'],
	['a prefix that is none', (store) => store.listKeys({ prefix: 7 as never }), 'prefix must be a text'],
	['an empty name', (store) => store.update({ name: '' }), 'name of a key-value store must be'],
] as [string, (store: KeyValueStoreClient) => Promise<unknown>, string][])(
	'%s is refused, and the storage goes on',
	async (_, call, message) => {
		const { store } = newStore();
		await expect(call(store)).rejects.toThrow(message);
		await store.setRecord({ key: 'k', value: 1 });
		expect(await store.recordExists('k')).toBe(true);
	},
);

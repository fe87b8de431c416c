import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Configuration } from '../../src/crawlee.ts';
import { Dataset, KeyValueStore } from '../../src/index.ts';
import { storageClient } from '../../src/storage/storage-client.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';

/** Crawlee's configuration over a storage in memory. */
function configuration(): { config: Configuration; client: ReturnType<typeof storageClient> } {
	const handle = new StorageHandle(':memory:');
	onTestFinished(() => handle[Symbol.asyncDispose]());
	const client = storageClient(handle);
	return { config: new Configuration({ storageClient: client, purgeOnStart: false }), client };
}

describe('Dataset', () => {
	test('pushes, lists in both directions, counts and drops', async () => {
		const { config, client } = configuration();
		const dataset = await Dataset.open('prices', { config });
		await dataset.pushData({ n: 0 });
		await dataset.pushData([{ n: 1 }, { n: 2 }]);

		expect((await dataset.getData({ offset: 1, limit: 1 })).items).toEqual([{ n: 1 }]);
		expect((await dataset.getData({ desc: true })).items).toEqual([{ n: 2 }, { n: 1 }, { n: 0 }]);
		expect(await dataset.getInfo()).toMatchObject({ name: 'prices', itemCount: 3 });
		expect((await client.datasets().list()).items.map(({ name }) => name)).toEqual(['prices']);
		await dataset.drop();
		expect((await client.datasets().list()).items).toEqual([]);
	});

	test('pages through more rows than one page, awaited, iterated and exported', async () => {
		const { config } = configuration();
		const dataset = await Dataset.open<{ n: number }>(undefined, { config });
		await dataset.pushData(Array.from({ length: 2_500 }, (_, n) => ({ n })));
		const seen: number[] = [];
		for await (const { n } of dataset.values()) seen.push(n);
		const entries: [number, { n: number }][] = [];
		for await (const entry of dataset.entries({ offset: 1_200, limit: 1_100 })) entries.push(entry);

		expect(seen).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
		expect(entries).toHaveLength(1_100);
		expect(entries.at(-1)).toEqual([2_299, { n: 2_299 }]);
		expect(await dataset.getData()).toMatchObject({ total: 2_500, count: 2_500 });
		expect(await dataset.export()).toHaveLength(2_500);
		const sum = await dataset.reduce((total: number, { n }) => total + n, 0);
		expect(sum).toBe((2_500 * 2_499) / 2);
	});

	test('an empty one is empty in every way', async () => {
		const { config } = configuration();
		const dataset = await Dataset.open('none', { config });

		expect(await dataset.getData()).toMatchObject({ items: [], total: 0 });
		for await (const _ of dataset.values()) expect.unreachable();
	});
});

describe('KeyValueStore', () => {
	test('keeps JSON, text, bytes and streams, each as it came', async () => {
		const { config } = configuration();
		const store = await KeyValueStore.open('shots', { config });
		await store.setValue('json', { a: [1, 'é'] });
		await store.setValue('text', 'déjà', { contentType: 'text/plain; charset=utf-8' });
		await store.setValue('bytes', Buffer.from([0, 255]), { contentType: 'image/png' });
		await store.setValue('view', new Uint8Array([9, 1, 2, 9]).subarray(1, 3), { contentType: 'image/png' });
		await store.setValue('stream', Readable.from([Buffer.from('a'), Buffer.from('b')]) as never, {
			contentType: 'text/x',
		});
		await store.setValue('json', { b: 2 });

		expect(await store.getValue('json')).toEqual({ b: 2 });
		expect(await store.getValue('text')).toBe('déjà');
		expect(await store.getValue('bytes')).toEqual(Buffer.from([0, 255]));
		expect(await store.getValue('view')).toEqual(Buffer.from([1, 2]));
		expect(await store.getValue('stream')).toBe('ab');
		expect(await store.getValue('missing')).toBeNull();
		expect(await store.getValue('missing', 'default')).toBe('default');
		expect([await store.recordExists('json'), await store.recordExists('missing')]).toEqual([true, false]);
		await store.setValue('json', null);
		expect(await store.recordExists('json')).toBe(false);
	});

	test('lists more keys than one page, by prefix too, and drops', async () => {
		const { config, client } = configuration();
		const store = await KeyValueStore.open('many', { config });
		const keys = Array.from({ length: 2_100 }, (_, n) => `${n % 2 ? 'odd' : 'even'}-${String(n).padStart(4, '0')}`);
		await Promise.all(keys.map((key) => store.setValue(key, { key })));

		const seen: string[] = [];
		await store.forEachKey((key) => void seen.push(key));
		expect(seen).toEqual([...keys].sort());
		const iterated: string[] = [];
		for await (const key of store.keys({ prefix: 'odd-' })) iterated.push(key);
		expect(iterated).toHaveLength(1_050);
		const some: unknown[] = [];
		for await (const entry of store.entries({ prefix: 'even-000' })) some.push(entry);
		expect(some[0]).toEqual(['even-0000', { key: 'even-0000' }]);
		expect(await store.values({ prefix: 'odd-209' })).toHaveLength(5);
		await store.drop();
		expect((await client.keyValueStores().list()).items).toEqual([]);
	});
});

test("Crawlee's own queue is refused with the way out", () => {
	const { client } = configuration();

	expect(() => client.requestQueue('default')).toThrow('pass a RequestQueue of @orbweaver/core as `requestQueue`');
});

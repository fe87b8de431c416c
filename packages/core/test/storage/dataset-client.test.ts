import { describe, expect, onTestFinished, test } from 'vitest';
import { DatasetClient } from '../../src/storage/dataset-client.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';

function newDataset(name = 'd'): { dataset: DatasetClient; handle: StorageHandle } {
	const handle = new StorageHandle(':memory:');
	onTestFinished(() => handle[Symbol.asyncDispose]());
	return { dataset: new DatasetClient(handle, name), handle };
}

const rows = (from: number, to: number): { n: number }[] =>
	Array.from({ length: to - from }, (_, n) => ({ n: from + n }));

describe('reading', () => {
	test('goes through thousands of rows in both directions, from anywhere', async () => {
		const { dataset } = newDataset();
		await dataset.pushItems(rows(0, 2_500));
		const seen: unknown[] = [];
		for await (const item of dataset.listItems({ desc: true, offset: 100, limit: 2_200 })) seen.push(item);
		expect(seen).toEqual(rows(200, 2_400).reverse());
		const entries: unknown[] = [];
		for await (const entry of dataset.listEntries({ offset: 2_499 })) entries.push(entry);
		expect(entries).toEqual([[2_499, { n: 2_499 }]]);
	});

	test('page after page is the same as all at once, also while rows come in', async () => {
		const { dataset } = newDataset();
		await dataset.pushItems(rows(0, 25));
		const read: unknown[] = [];
		for (let offset = 0; offset < 40; offset += 10) {
			const { items, total } = await dataset.listItems({ offset, limit: 10 });
			expect(total).toBe(offset < 20 ? 25 : 35);
			read.push(...items);
			if (offset === 10) await dataset.pushItems(rows(25, 35));
		}
		expect(read).toEqual(rows(0, 35));
		expect((await dataset.listItems({ offset: 5, limit: 2 })).items).toEqual(rows(5, 7));
		expect((await dataset.listItems({ offset: 7, limit: 2, desc: true })).items).toEqual(rows(26, 28).reverse());
	});

	test('does not go on in rows that are gone', async () => {
		const { dataset, handle } = newDataset();
		await dataset.pushItems(rows(0, 20));
		await dataset.listItems({ limit: 10 });
		const { createdAt } = (await dataset.get()) ?? {};
		while (Date.now() === createdAt?.getTime()) await new Promise((resolve) => setTimeout(resolve, 1));
		await new DatasetClient(handle, 'd').delete();
		await dataset.pushItems(rows(100, 112));
		expect((await dataset.listItems({ offset: 10, limit: 10 })).items).toEqual(rows(110, 112));
		await dataset.delete();
		await dataset.pushItems(rows(0, 20));
		expect((await dataset.listItems({ offset: 12, limit: 10 })).items).toEqual(rows(12, 20));
	});

	test('downloads JSON, and names the way to the other formats', async () => {
		const { dataset } = newDataset();
		await dataset.pushItems(rows(0, 2));
		expect(JSON.parse((await dataset.downloadItems()).toString())).toEqual(rows(0, 2));
		await expect(dataset.downloadItems('xlsx')).rejects.toThrow(
			"downloadItems answers 'json', not xlsx; use exportData",
		);
	});
});

test('a dataset gets another name, which others have not', async () => {
	const { dataset, handle } = newDataset();
	expect(await dataset.update({ name: 'new' })).toEqual({});
	await dataset.pushItems({ n: 1 });
	await new DatasetClient(handle, 'taken').pushItems({ n: 2 });
	await expect(dataset.update({ name: 'taken' })).rejects.toThrow('there is a dataset "taken" already');
	expect(await dataset.update({ name: 'new' })).toMatchObject({ id: 'new', name: 'new', itemCount: 1 });
	expect(await dataset.update()).toMatchObject({ name: 'new' });
});

test.each([
	['half a row', (dataset) => dataset.listItems({ offset: 0.5 }), 'offset must be a whole number'],
	['a negative number', (dataset) => dataset.listItems({ limit: -1 }), 'limit must be a whole number'],
	['a row that is none', (dataset) => dataset.pushItems([undefined] as never), 'an object or an array of objects'],
	['a list within the list', (dataset) => dataset.pushItems(['[[1]]']), 'an object or an array of objects'],
	['an empty name', (dataset) => dataset.update({ name: '' }), 'name of a dataset must be'],
] as [string, (dataset: DatasetClient) => Promise<unknown>, string][])(
	'%s is refused, and the storage goes on',
	async (_, call, message) => {
		const { dataset } = newDataset();
		await expect(call(dataset)).rejects.toThrow(message);
		await dataset.pushItems({ n: 1 });
		expect(await dataset.get()).toMatchObject({ itemCount: 1 });
	},
);

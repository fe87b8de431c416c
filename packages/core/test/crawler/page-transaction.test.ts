import { expect, test } from 'vitest';
import { PageTransaction } from '../../src/crawler/page-transaction.ts';
import type { NewRequest } from '../../src/index.ts';
import type { ItemCheck } from '../../src/items/item-json.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';

const request = (uniqueKey: string, label?: string): NewRequest => ({
	uniqueKey,
	url: uniqueKey,
	domain: 'a.test',
	method: 'GET',
	label,
	priority: 0,
	crawlDepth: 1,
});

const storage = new StorageHandle(':memory:');

function transactionOf(url: string, checkItem?: ItemCheck): PageTransaction {
	return new PageTransaction({ url, pageId: 1, storage, checkItem });
}

test('holds rows in their order, and the first of each request', () => {
	const transaction = transactionOf('http://a.test/');
	void transaction.pushData({ n: 1 });
	void transaction.pushData([{ n: 2 }, { n: 3 }], 'other');
	transaction.addRequest(request('http://a.test/1', 'first'));
	transaction.addRequest(request('http://a.test/1', 'second'));

	expect(transaction.close()).toEqual({
		items: [
			{ dataset: 'default', json: '{"n":1}' },
			{ dataset: 'other', json: '{"n":2}' },
			{ dataset: 'other', json: '{"n":3}' },
		],
		requests: [request('http://a.test/1', 'first')],
	});
});

test('takes rows as they are at that moment', () => {
	const transaction = transactionOf('http://a.test/');
	const row = { n: 1 };
	void transaction.pushData(row);
	row.n = 2;

	expect(transaction.close().items).toEqual([{ dataset: 'default', json: '{"n":1}' }]);
});

test('keeps nothing of a list with a bad row', async () => {
	const transaction = transactionOf('http://a.test/');

	await expect(transaction.pushData([{ n: 1 }, 5])).rejects.toThrow('got 5.');
	expect(transaction.close().items).toEqual([]);
});

test('refuses what comes after its end, with the page and the way out', async () => {
	const transaction = transactionOf('http://a.test/page');
	transaction.close();

	await expect(transaction.pushData({})).rejects.toThrow(
		'pushData was called after the handler of http://a.test/page had ended; `await` every call',
	);
	expect(() => transaction.addRequest(request('x'))).toThrow('addRequests or enqueueLinks was called after');
});

test('keeps rows that do not fit apart, and the changed ones of those that do', async () => {
	const transaction = transactionOf('http://a.test/', async (json) =>
		json.includes('bad') ? { json, reason: 'is bad' } : { json: json.replace('1', '2') },
	);
	await transaction.pushData([{ n: 1 }, { bad: 1 }], 'd');

	expect(transaction.close()).toEqual({
		requests: [],
		items: [{ dataset: 'd', json: '{"n":2}' }],
		rejected: [{ dataset: 'd', json: '{"bad":1}', reason: 'is bad' }],
	});
});

test('holds the last change of each value, and what its parts have changed', () => {
	const transaction = transactionOf('http://a.test/');
	const value = (byte: number): Uint8Array => new Uint8Array([byte]);
	transaction.changeRecord({ store: 's', key: 'k', value: value(1) });
	transaction.changeRecord({ store: 't', key: 'k' });
	transaction.changeRecord({ store: 's', key: 'k', value: value(2) });
	const part = { store: 'u', key: 'k', value: value(3) };
	transaction.attach({ commit: () => [part], rollBack: () => expect.unreachable() });

	expect(transaction.close().records).toEqual([
		{ store: 's', key: 'k', value: value(2) },
		{ store: 't', key: 'k' },
		part,
	]);
	transaction.rollBack();
	expect(() => transaction.changeRecord(part)).toThrow('setValue was called after');
});

test('a transaction that is rolled back takes its parts with it, once', () => {
	const transaction = transactionOf('http://a.test/');
	let times = 0;
	transaction.attach({ commit: () => [], rollBack: () => times++ });
	transaction.rollBack();
	transaction.rollBack();

	expect(times).toBe(1);
});

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { LateCallError } from '../../src/crawler/late-call-error.ts';
import { PageTransaction } from '../../src/crawler/page-transaction.ts';
import { InvalidOptionError, type NewRequest } from '../../src/index.ts';
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

test.each<[unknown, string]>([
	[null, 'must be a text that is not empty, not null.'],
	['', 'must be a text that is not empty, not "".'],
	[{}, 'must be a text that is not empty, not {}.'],
	[0, 'must be a text, not 0. In rows.map(pushData) it is the index of the row: give the whole list, pushData(rows).'],
])('%j is no name of a dataset', async (dataset, message) => {
	const transaction = transactionOf('http://a.test/');
	const refused = new InvalidOptionError(`name of the dataset for pushData ${message}`);
	await expect(transaction.pushData({ n: 1 }, dataset)).rejects.toThrow(refused);
	expect(transaction.close().items).toEqual([]);
});

describe('a call of the handler', () => {
	const failing = async (): Promise<void> => {
		await turn();
		throw new Error('no');
	};

	test('is waited for', async () => {
		const transaction = transactionOf('http://a.test/');
		let isDone = false;
		void transaction.call('x', async () => {
			await turn();
			isDone = true;
		});
		await transaction.idle();
		expect(isDone).toBe(true);
	});

	test('that fails is the page’s fault when nobody awaits it', async () => {
		const transaction = transactionOf('http://a.test/');
		void transaction.call('x', failing);
		await expect(transaction.idle()).rejects.toThrow('no');
	});

	test('that fails is for whoever awaits it', async () => {
		const transaction = transactionOf('http://a.test/');
		await expect(transaction.call('x', failing)).rejects.toThrow('no');
		await transaction.idle();
	});

	test('whatever it throws is an error', async () => {
		const thrown = async (): Promise<void> => Promise.reject({ code: 7 });
		await expect(transactionOf('http://a.test/').call('x', thrown)).rejects.toThrow(new Error('{ code: 7 }'));
	});

	test('that comes too late is told once, when nobody awaits it', async () => {
		const told: string[] = [];
		const late = ({ call }: LateCallError): unknown => told.push(call);
		const transaction = new PageTransaction({ url: 'http://a.test/', pageId: 1, storage, late });
		transaction.close();
		await expect(transaction.call('awaited', async () => {})).rejects.toThrow(LateCallError);
		for (const call of ['x', 'x', 'y']) void transaction.call(call, async () => expect.unreachable());
		await turn();
		await turn();
		expect(told).toEqual(['x', 'y']);
	});

	test('that was under way when its page failed says nothing', async () => {
		const late = (): void => expect.unreachable();
		const transaction = new PageTransaction({ url: 'http://a.test/', pageId: 1, storage, late });
		void transaction.call('x', failing);
		transaction.rollBack();
		await turn();
		await turn();
		await turn();
	});
});

test('a part that cannot be stored can still be rolled back', () => {
	const transaction = transactionOf('http://a.test/');
	let times = 0;
	const commit = (): never => {
		throw new TypeError('circular');
	};
	transaction.attach({ commit, rollBack: () => times++ });
	expect(() => transaction.close()).toThrow('circular');
	transaction.rollBack();
	expect(times).toBe(1);
});

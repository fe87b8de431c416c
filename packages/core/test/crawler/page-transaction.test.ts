import { expect, test } from 'vitest';
import { itemJson, PageTransaction } from '../../src/crawler/page-transaction.ts';
import type { NewRequest } from '../../src/index.ts';

const request = (uniqueKey: string, label?: string): NewRequest => ({
	uniqueKey,
	url: uniqueKey,
	domain: 'a.test',
	method: 'GET',
	label,
	priority: 0,
	crawlDepth: 1,
});

test('holds rows in their order, and the first of each request', () => {
	const transaction = new PageTransaction('http://a.test/');
	transaction.pushData({ n: 1 });
	transaction.pushData([{ n: 2 }, { n: 3 }], 'other');
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
	const transaction = new PageTransaction('http://a.test/');
	const row = { n: 1 };
	transaction.pushData(row);
	row.n = 2;

	expect(transaction.close().items).toEqual([{ dataset: 'default', json: '{"n":1}' }]);
});

test('keeps nothing of a list with a bad row', () => {
	const transaction = new PageTransaction('http://a.test/');

	expect(() => transaction.pushData([{ n: 1 }, 5])).toThrow('got 5.');
	expect(transaction.close().items).toEqual([]);
});

test('refuses what comes after its end, with the page and the way out', () => {
	const transaction = new PageTransaction('http://a.test/page');
	transaction.close();

	expect(() => transaction.pushData({})).toThrow(
		'pushData was called after the handler of http://a.test/page had ended; `await` every call',
	);
	expect(() => transaction.addRequest(request('x'))).toThrow('addRequests or enqueueLinks was called after');
});

test.each([
	[undefined, 'undefined'],
	[null, 'null'],
	['text', "'text'"],
	[5n, '5n'],
	[[], '[]'],
	[() => 1, '[Function (anonymous)]'],
	[new Date(0), '1970-01-01T00:00:00.000Z'],
])('%s is no row', (value, shown) => {
	expect(() => itemJson(value)).toThrow(
		new TypeError(`pushData takes an object or an array of objects, got ${shown}.`),
	);
});

test('what cannot be written as JSON is no row either', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;

	expect(() => itemJson(circular)).toThrow(TypeError);
	expect(() => itemJson({ n: 1n })).toThrow(TypeError);
	expect(itemJson({ a: undefined, b: Number.NaN })).toBe('{"b":null}');
});

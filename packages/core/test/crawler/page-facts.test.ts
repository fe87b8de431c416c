import { expect, test } from 'vitest';
import { jobOf, loadedElsewhere, property, statusOf } from '../../src/crawler/page-facts.ts';
import type { PageRun } from '../../src/crawler/page-run.ts';

const run = (facts: object = {}): PageRun =>
	({
		ticket: { request: { url: 'http://a.test/', uniqueKey: 'key', retryCount: 2 } },
		request: { uniqueKey: 'other', retryCount: 'x' },
		...facts,
	}) as unknown as PageRun;

const failing = Object.defineProperty(new Error('x'), 'statusCode', {
	get: () => {
		throw new Error('asked');
	},
});

test('a page is known by what the storage knows, not by what a handler made of it', () => {
	expect(jobOf(run())).toEqual({ uniqueKey: 'key', retryCount: 2 });
});

test('the address that a page was loaded from, when it is another', () => {
	expect(loadedElsewhere('http://a.test/', run())).toBeUndefined();
	expect(loadedElsewhere('http://a.test/b', run())).toBe('http://a.test/b');
});

test.each([
	[{ page: { response: { statusCode: 404 } } }, new Error('x'), 404],
	[{}, Object.assign(new Error('x'), { statusCode: 503 }), 503],
	[{}, Object.assign(new Error('x'), { statusCode: '503' }), undefined],
	[{}, new Error('x'), undefined],
	[{}, failing, undefined],
])('%#: the status of the answer', (facts, error, status) => {
	expect(statusOf(run(facts), error)).toBe(status);
});

test('what cannot be read is nothing', () => {
	expect([property(failing, 'statusCode'), property(failing, 'code')]).toEqual([undefined, undefined]);
	expect(property(Object.assign(new Error('x'), { code: 'E' }), 'code')).toBe('E');
});

import { expect, test } from 'vitest';
import { answerOf } from '../../src/fetch/answer-line.ts';
import { parseRate } from '../../src/fetch/rate.ts';

const PARTS = { url: 'http://a/', status: 200, ms: 1.6, body: Buffer.from('{"a":1}'), text: '{"a":1}' };

test.each([
	['application/json', { json: { a: 1 } }],
	['application/problem+json; charset=utf-8', { json: { a: 1 } }],
	['text/plain', { text: '{"a":1}' }],
	['image/svg+xml', { text: '{"a":1}' }],
	['image/png', { bytes: 7 }],
	['', { bytes: 7 }],
])('an answer of %j', (contentType, body) => {
	expect(answerOf({ ...PARTS, contentType })).toEqual({ url: 'http://a/', ok: true, status: 200, ms: 2, ...body });
});

test('JSON that is none is text', () => {
	expect(answerOf({ ...PARTS, contentType: 'application/json', text: '{' })).toMatchObject({ text: '{' });
});

test('a rate is a number of requests in a time', () => {
	expect(parseRate('50/s')).toEqual({ maxCalls: 50, periodMs: 1_000 });
	expect(parseRate('600/min')).toEqual({ maxCalls: 600, periodMs: 60_000 });
	for (const text of ['50', '0/s', '1/day', '1.5/s', '']) expect(() => parseRate(text)).toThrow('--rate');
});

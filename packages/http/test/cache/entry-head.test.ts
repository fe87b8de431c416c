import { describe, expect, it } from 'vitest';
import { ageOf, type EntryHead, entryHead, withBody } from '../../src/cache/entry-head.ts';
import type { ResponseHeaders } from '../../src/response-headers.ts';
import { transportRequest } from './support/cached-client.ts';

const RULES = { shared: false, heuristic: false };
const NOW = Date.parse('2026-05-01T12:00:00Z');

function head(headers: ResponseHeaders, { status = 200, tookMs = 0, method = 'GET' } = {}): EntryHead | undefined {
	const response = { status, statusText: '', headers, sentAt: 1000, headersAt: 1000 + tookMs };
	return entryHead(transportRequest('http://a.test/', {}, { method }), response, RULES, NOW);
}

describe('age', () => {
	it.each([
		['nothing stated', {}, 0, 0],
		['Age', { age: '7' }, 0, 7],
		['Age that is no number', { age: 'old' }, 0, 0],
		['Age below zero', { age: '-7' }, 0, 0],
		['the time the server took', {}, 1500, 1.5],
		['both', { age: '7' }, 1500, 8.5],
		['a clock that ran backwards', {}, -1500, 0],
	])('%s', (_, headers: ResponseHeaders, tookMs, ageSecs) => {
		expect(head({ 'cache-control': 'max-age=60', ...headers }, { tookMs })).toMatchObject({ ageSecs, freshSecs: 60 });
	});

	it('grows with time, whichever way the clock was set', () => {
		const entry = head({ 'cache-control': 'max-age=60', age: '7' });
		expect(entry && [0, 500, -500].map((ms) => ageOf(entry, NOW + ms))).toEqual([7, 7.5, 7.5]);
	});
});

describe('what could never be used again is not stored', () => {
	it.each([
		[{}, false],
		[{ 'cache-control': 'max-age=60', age: '60' }, false],
		[{ 'cache-control': 'max-age=0' }, false],
		[{ 'cache-control': 'max-age=0', etag: '"1"' }, true],
		[{ 'last-modified': 'Wed, 29 Apr 2026 12:00:00 GMT' }, true],
		[{ 'cache-control': 'max-age=0, stale-if-error=1' }, true],
		[{ 'cache-control': 'max-age=0, stale-while-revalidate=1' }, true],
		[{ 'cache-control': 'max-age=0, stale-if-error=0' }, false],
		[{ 'cache-control': 'max-age=60', vary: '*' }, false],
	])('%j: %s', (headers: ResponseHeaders, isStored) => {
		expect(head(headers) !== undefined).toBe(isStored);
	});
});

describe('Content-Length', () => {
	const stated = { 'cache-control': 'max-age=60', 'content-length': '999' };
	it.each([
		['is that of the body', {}, '4'],
		['of HEAD is that of the server', { method: 'HEAD' }, '999'],
		['does not come with 204', { status: 204 }, undefined],
	])('%s', (_, options, expected) => {
		const entry = head(stated, options);
		expect(entry && withBody(entry, Buffer.from('page')).headers['content-length']).toBe(expected);
	});
});

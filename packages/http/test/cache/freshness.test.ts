import { expect, it } from 'vitest';
import { freshnessOf } from '../../src/cache/freshness.ts';
import type { ResponseHeaders } from '../../src/response-headers.ts';
import { transportRequest } from './support/cached-client.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');

it.each<[ResponseHeaders, number, boolean]>([
	[{ 'cache-control': ['public', 'max-age=60'] }, 60, true],
	[{ 'cache-control': ['max-age=60', 'no-store'] }, 0, false],
	[{ 'cache-control': 'max-age=60', vary: ['accept', 'cookie'], 'set-cookie': ['a=1', 'b=2'] }, 60, true],
	[{ 'cache-control': 'private="a, no-store", max-age=60' }, 60, true],
	[{ 'cache-control': 'no-cache="set-cookie", max-age=60' }, 0, true],
	[{ expires: ['Fri, 01 May 2026 12:01:00 GMT', 'Fri, 01 May 2026 12:01:00 GMT'] }, 0, true],
	[{ expires: 'Fri, 01 May 2026 12:01:00 GMT', date: 'not a date' }, 60, true],
	[{ expires: 'Fri, 01 May 2026 12:01:00 GMT', 'cache-control': 'public' }, 60, true],
	[{ 'cache-control': 'max-age=99999999999' }, 99_999_999_999, true],
])('%j is fresh for %i s and storable: %s', (headers, freshSecs, storable) => {
	const rules = { shared: false, heuristic: false };
	const freshness = freshnessOf(transportRequest('http://a.test/'), { status: 200, headers }, rules, NOW);
	expect(freshness).toEqual({ freshSecs, storable });
});

it('immutable is no lifetime', () => {
	const headers = { 'cache-control': 'immutable', 'last-modified': 'Fri, 01 May 2026 11:00:00 GMT' };
	const request = transportRequest('http://a.test/');
	const seconds = [false, true].map(
		(heuristic) => freshnessOf(request, { status: 200, headers }, { shared: false, heuristic }, NOW).freshSecs,
	);
	expect(seconds).toEqual([0, 360]);
});

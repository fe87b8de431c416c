import { describe, expect, it } from 'vitest';
import { parseCacheControl } from '../../src/cache/cache-control.ts';
import type { EntryHead } from '../../src/cache/entry-head.ts';
import { decideReuse, isErrorStatus, isServerFailure, mayServeOnError } from '../../src/cache/reuse.ts';
import {
	BodyTooLargeError,
	ConnectError,
	ConnectionLostError,
	InvalidRequestError,
	ProtocolError,
	TimeoutError,
	TlsError,
} from '../../src/errors.ts';

const PRIVATE = { shared: false, heuristic: false };
const SHARED = { shared: true, heuristic: false };

/** Fresh for 60 seconds. */
function entry(cacheControl = 'max-age=60'): EntryHead {
	return {
		method: 'GET',
		status: 200,
		statusText: 'OK',
		headers: { 'cache-control': cacheControl },
		selection: {},
		receivedAt: 0,
		ageSecs: 0,
		freshSecs: 60,
	};
}

describe('decideReuse', () => {
	const swr = 'max-age=60, stale-while-revalidate=10';
	it.each([
		[0, '', undefined, 'fresh'],
		[59.999, '', undefined, 'fresh'],
		[60, '', undefined, 'validate'],
		[0, 'max-age=0', undefined, 'validate'],
		[0, 'no-cache', undefined, 'validate'],
		[5, 'max-age=5', undefined, 'fresh'],
		[5.001, 'max-age=5', undefined, 'validate'],
		[55, 'min-fresh=5', undefined, 'fresh'],
		[55.001, 'min-fresh=5', undefined, 'validate'],
		[61, 'max-stale', undefined, 'stale'],
		[70, 'max-stale=10', undefined, 'stale'],
		[70.001, 'max-stale=10', undefined, 'validate'],
		[60, '', swr, 'refresh'],
		[69.999, '', swr, 'refresh'],
		[70, '', swr, 'validate'],
		[61, 'max-age=100', swr, 'validate'],
		[61, 'max-stale=1', swr, 'stale'],
		[61, '', `${swr}, must-revalidate`, 'validate'],
	])('%s s old, request "%s", response "%s": %s', (seconds, wanted, cacheControl, expected) => {
		expect(decideReuse(entry(cacheControl), parseCacheControl(wanted), PRIVATE, seconds * 1000)).toBe(expected);
	});

	it.each(['must-revalidate', 'no-cache', 'proxy-revalidate', 's-maxage=60'])('%s and max-stale', (directive) => {
		const decisions = [PRIVATE, SHARED].map((rules) =>
			decideReuse(entry(`max-age=60, ${directive}`), parseCacheControl('max-stale'), rules, 61_000),
		);
		const isForAll = directive === 'must-revalidate' || directive === 'no-cache';
		expect(decisions).toEqual([isForAll ? 'validate' : 'stale', 'validate']);
	});
});

it.each([
	[60, '', 'max-age=60', false],
	[0, '', 'max-age=60', false],
	[69.999, '', 'max-age=60, stale-if-error=10', true],
	[70, '', 'max-age=60, stale-if-error=10', false],
	[70, 'stale-if-error=11', 'max-age=60, stale-if-error=10', true],
	[0, 'max-age=0', 'max-age=60, stale-if-error=10', true],
	[0, 'no-cache', 'max-age=60, stale-if-error=10', false],
	[61, '', 'max-age=60, stale-if-error=10, must-revalidate', false],
])('%s s old, request "%s", response "%s", the server fails: served %s', (seconds, wanted, cacheControl, expected) => {
	const served = mayServeOnError(entry(cacheControl), parseCacheControl(wanted), PRIVATE, seconds * 1000);
	expect(served).toBe(expected);
});

it('tells failures of the server from others', () => {
	const request = { method: 'GET', url: 'http://a.test/' };
	const errors = [
		new ConnectError(request, 'dns', 'x', undefined),
		new ConnectionLostError(request, 'x', undefined),
		new ProtocolError(request, 'x', undefined),
		new TimeoutError(request, 'connect', 1),
		new TimeoutError(request, 'total', 1),
		new TimeoutError(request, 'pool', 1),
		new TlsError(request, 'x', undefined),
		new BodyTooLargeError(request, 1, 'x'),
		new InvalidRequestError('x', request),
		new Error('x'),
	];
	expect(errors.map(isServerFailure)).toEqual([...Array(5).fill(true), ...Array(5).fill(false)]);
	expect([200, 404, 429, 500, 501, 502, 503, 504, 505].filter(isErrorStatus)).toEqual([500, 502, 503, 504]);
});

import { expect, test } from 'vitest';
import { requestOf } from '../../src/crawler/page-run.ts';
import { type LeasedRequest, Request } from '../../src/index.ts';

const leased: LeasedRequest = {
	id: 7,
	uniqueKey: 'http://a.test/',
	url: 'http://a.test/',
	domain: 'a.test',
	method: 'GET',
	priority: 0,
	crawlDepth: 2,
	retryCount: 1,
};

test('makes the request that handlers know, with how often its session was changed', () => {
	const request = requestOf({ ...leased, label: 'page', data: { sessionRotationCount: 3, userData: { n: 1 } } });

	expect(request).toBeInstanceOf(Request);
	expect(request).toMatchObject({ id: '7', label: 'page', crawlDepth: 2, retryCount: 1, sessionRotationCount: 3 });
});

test('answers with the reason when Crawlee does not take it', () => {
	expect(requestOf({ ...leased, data: { payload: 'x' } })).toMatchObject({
		message: expect.stringContaining('payload'),
	});
});

import { expect, test } from 'vitest';
import { RequestState } from '../../src/crawlee.ts';
import { nextTry, noteError, noteState, retryCountOf } from '../../src/crawler/next-try.ts';
import type { PageRun } from '../../src/crawler/page-run.ts';
import { requestOf } from '../../src/crawler/page-run.ts';
import { type LeasedRequest, type Request, SessionError } from '../../src/index.ts';
import { UrlKeys } from '../../src/queue/url-keys.ts';

const leased: LeasedRequest = {
	id: 7,
	uniqueKey: 'http://a.test/to',
	url: 'http://a.test/to',
	domain: 'a.test',
	method: 'GET',
	priority: 0,
	crawlDepth: 2,
	retryCount: 1,
	data: { userData: { n: 1 }, redirectedFrom: ['http://a.test/'], sessionId: 's' },
};

function run(change: (request: Request) => void = () => {}): PageRun {
	const request = requestOf(leased) as Request;
	change(request);
	return { request, ticket: { request: leased } } as unknown as PageRun;
}

const keys = new UrlKeys();

test('what handlers have changed is stored, with the redirects and the session', () => {
	const page = run((request) => {
		request.userData.n = 2;
	});
	const { retryCount, data } = nextTry(page, new Error('no'), keys);
	expect(retryCount).toBe(2);
	expect(page.request.retryCount).toBe(2);
	expect(data).toMatchObject({ userData: { n: 2 }, redirectedFrom: ['http://a.test/'], sessionId: 's' });
});

test('a SessionError counts the rotation and gives up the session', () => {
	const { data } = nextTry(run(), new SessionError('blocked'), keys);
	expect(data).toMatchObject({ sessionRotationCount: 1 });
	expect(data).not.toHaveProperty('sessionId');
});

test.each([1.5, -1, 'x', undefined, Number.NaN, Number.MAX_SAFE_INTEGER])('%s is no count of tries', (count) => {
	const page = run((request) => {
		request.retryCount = count as never;
	});
	expect(() => nextTry(page, new Error('no'), keys)).toThrow('retryCount of the request for http://a.test/to must be');
	expect(retryCountOf(page)).toBe(count === Number.MAX_SAFE_INTEGER ? count : 1);
});

test('notes do not fail at what a handler has made of the request', () => {
	const { request } = run();
	noteError(request, new Error('first'));
	noteState(request, 'ERROR');
	expect(request.errorMessages).toEqual([expect.stringContaining('first')]);
	expect(request.state).toBe(RequestState.ERROR);

	Object.assign(request, { errorMessages: 5 });
	noteError(request, new Error('second'));
	expect(request.errorMessages).toEqual([expect.stringContaining('second')]);

	Object.freeze(request.errorMessages);
	Object.freeze((request.userData as { __crawlee?: object }).__crawlee);
	expect(() => noteError(request, new Error('third'))).not.toThrow();
	expect(() => noteState(request, 'DONE')).not.toThrow();
});

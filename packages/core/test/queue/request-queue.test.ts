import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { Request, RequestState } from '../../src/crawlee.ts';
import { RequestQueue } from '../../src/queue/request-queue.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { pause } from '../lanes/pause.ts';
import { newStorage, nextRequest, openQueue } from './open-queue.ts';

const PAGE = 'http://a.example/';

describe('adding', () => {
	test('answers as Crawlee does', async () => {
		const queue = await openQueue();
		const first = await queue.addRequest(PAGE);
		expect(first).toEqual({ requestId: '1', uniqueKey: PAGE, wasAlreadyPresent: false, wasAlreadyHandled: false });
		expect(await queue.addRequest({ url: `${PAGE}#x` })).toEqual({ ...first, wasAlreadyPresent: true });
		expect(queue.isKnown(PAGE)).toBe(true);
		expect(await queue.getInfo()).toEqual({ totalRequestCount: 1, handledRequestCount: 0, pendingRequestCount: 1 });
	});

	test('posts are told apart by their payload', async () => {
		const queue = await openQueue();
		const post = (payload: string) => queue.addRequest({ url: PAGE, method: 'POST', payload });
		await Promise.all([post('a=1'), post('a=2'), post('a=1'), queue.addRequest(PAGE)]);
		expect(queue.getTotalCount()).toBe(3);
		const got = [await nextRequest(queue), await nextRequest(queue), await nextRequest(queue)];
		expect(got.map((request) => `${request?.method} ${request?.payload ?? ''}`).sort()).toEqual([
			'GET ',
			'POST a=1',
			'POST a=2',
		]);
	});

	test('takes an async source of any length, and no more new ones than wanted', async () => {
		const queue = await openQueue();
		async function* source(): AsyncGenerator<string> {
			for (let n = 0; n < 5_000; n++) yield `${PAGE}${n % 4_000}`;
		}
		const { addedRequests, requestsOverLimit } = await queue.addRequestsBatched(source(), { maxNewRequests: 1_500 });
		expect(addedRequests).toHaveLength(1_500);
		expect(requestsOverLimit).toHaveLength(3_500);
		expect(queue.getPendingCount()).toBe(1_500);
		const all = await queue.addRequests(source());
		expect(all.processedRequests).toHaveLength(5_000);
		expect(all.unprocessedRequests).toEqual([]);
		expect(queue.getTotalCount()).toBe(4_000);
	});

	test('one that cannot be crawled adds nothing', async () => {
		const queue = await openQueue();
		await expect(queue.addRequest({ url: PAGE, userData: { n: 1n } })).rejects.toThrow('userData of the request');
		await expect(queue.addRequest('nowhere')).rejects.toThrow('is not a URL that can be crawled');
		expect(queue.getTotalCount()).toBe(0);
		// The fault of one is not the end of the others.
		expect(await queue.addRequest(PAGE)).toMatchObject({ wasAlreadyPresent: false });
	});
});

describe('handing out', () => {
	test('each once, until all are done', async () => {
		const queue = await openQueue();
		await queue.addRequests([1, 2, 3].map((n) => `${PAGE}${n}`));
		expect(await queue.isFinished()).toBe(false);
		const seen: string[] = [];
		for (let request = await nextRequest(queue); request; request = await nextRequest(queue)) {
			expect(await queue.isFinished()).toBe(false);
			seen.push(request.url);
			expect(await queue.markRequestHandled(request)).toMatchObject({ wasAlreadyHandled: true });
			expect(await queue.markRequestHandled(request)).toBeNull();
		}
		expect(seen).toEqual([1, 2, 3].map((n) => `${PAGE}${n}`));
		expect(await queue.isFinished()).toBe(true);
		expect(await queue.isEmpty()).toBe(true);
		expect(await queue.handledCount()).toBe(3);
	});

	test('what is not ours cannot be marked', async () => {
		const queue = await openQueue();
		expect(await queue.markRequestHandled(new Request({ url: PAGE }))).toBeNull();
		expect(await queue.reclaimRequest(new Request({ url: PAGE }))).toBeNull();
	});

	test.each([
		[RequestState.REQUEST_HANDLER, 7, 'handled'],
		[RequestState.ERROR_HANDLER, 7, 'failed'],
		[RequestState.ERROR, 0, 'failed'],
		[RequestState.SKIPPED, 0, 'skipped'],
		[RequestState.UNPROCESSED, 0, 'handled'],
	])('in state %i with %i retries: %s', async (state, retryCount, status) => {
		const queue = await openQueue();
		await queue.addRequest(PAGE);
		const request = (await nextRequest(queue)) as Request;
		Object.assign(request, { state, retryCount });
		request.pushErrorMessage(new Error('no luck'));
		await queue.markRequestHandled(request);
		expect(queue.counts()).toMatchObject({ [status]: 1, leased: 0 });
	});

	test('a reclaimed one comes again after its wait, with what was changed', async () => {
		const queue = await openQueue({ retry: { baseDelaySecs: 0.05 } });
		await queue.addRequest({ url: PAGE, userData: { a: 1 } });
		const first = (await nextRequest(queue)) as Request;
		first.retryCount++;
		first.userData.a = 2;
		first.pushErrorMessage(new Error('once'));
		expect(await queue.reclaimRequest(first)).toMatchObject({ uniqueKey: PAGE });
		expect(queue.getPendingCount()).toBe(1);
		expect(await queue.isFinished()).toBe(false);
		const again = (await nextRequest(queue)) as Request;
		expect(again).toMatchObject({ retryCount: 1, url: PAGE });
		expect(again.userData.a).toBe(2);
		expect(again.errorMessages).toEqual([expect.stringContaining('once')]);
		await queue.markRequestHandled(again);
		expect(await nextRequest(queue)).toBeUndefined();
	});

	test('iterates over what is ready', async () => {
		const queue = await openQueue({ domainLimits: { maxConcurrent: 5 } });
		await queue.addRequests([1, 2, 3].map((n) => `${PAGE}${n}`));
		await queue.isEmpty();
		await pause(60);
		const seen: string[] = [];
		for await (const request of queue) seen.push(request.url);
		expect(seen).toHaveLength(3);
	});

	test('drop forgets everything, also what waits in the lanes', async () => {
		const queue = await openQueue();
		await queue.addRequests(Array.from({ length: 100 }, (_, n) => `${PAGE}${n}`));
		await queue.isEmpty();
		await pause(40);
		await queue.drop();
		expect(queue.getTotalCount()).toBe(0);
		expect(queue.isKnown(`${PAGE}1`)).toBe(false);
		await queue.addRequest(`${PAGE}1`);
		expect((await nextRequest(queue))?.url).toBe(`${PAGE}1`);
		expect(queue.counts()).toMatchObject({ leased: 1, waiting: 0 });
	});
});

describe('robots.txt', () => {
	test('what it forbids is skipped and told', async () => {
		await using server = await startServer({ '/robots.txt': { body: 'User-agent: *\nDisallow: /no' } });
		const skipped: unknown[] = [];
		const queue = await openQueue({ respectRobotsTxtFile: true, onSkippedRequest: (what) => skipped.push(what) });
		await queue.addRequests([`${server.url}/yes`, `${server.url}/no`]);
		const request = (await nextRequest(queue)) as Request;
		expect(request.url).toBe(`${server.url}/yes`);
		await queue.markRequestHandled(request);
		expect(await nextRequest(queue)).toBeUndefined();
		expect(skipped).toEqual([{ url: `${server.url}/no`, reason: 'robotsTxt' }]);
		expect(queue.counts()).toMatchObject({ handled: 1, skipped: 1 });
	});

	test('when it comes back after a while, the pages do too', async () => {
		let answers = 0;
		await using server = await startServer((request, response) => {
			response.statusCode = request.url === '/robots.txt' && ++answers < 2 ? 503 : 200;
			response.end();
		});
		const queue = await openQueue({ respectRobotsTxtFile: true });
		await queue.addRequest(`${server.url}/p`);
		expect((await nextRequest(queue))?.retryCount).toBe(1);
	});

	test('when it never comes, the crawl ends all the same', async () => {
		await using store = SqliteStore.open(':memory:');
		const origin = 'http://down.example';
		const record = { origin, rule: 'disallow-all', body: new Uint8Array(), fetchedAt: 0, failures: 9 } as const;
		await store.robots.write({ ...record, expiresAt: Date.now() + 8_000_000 });
		const queue = await openQueue({ store, respectRobotsTxtFile: true });
		await queue.addRequest(`${origin}/`);
		expect(await nextRequest(queue)).toBeUndefined();
		const [failed] = await store.failedRequests({ offset: 0, limit: 1 });
		expect(failed?.error).toContain('robots.txt cannot be had');
	});
});

test('opens like Crawlee’s', async () => {
	await using queue = await RequestQueue.open({ storage: await newStorage(), respectRobotsTxtFile: false });
	expect(queue).toBeInstanceOf(RequestQueue);
	expect(queue.name).not.toBe('default');
});

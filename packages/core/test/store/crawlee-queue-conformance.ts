import { describe, expect, test } from 'vitest';
import type { CrawleeLock, CrawleeQueueStore, NewCrawleeRequest } from '../../src/store/crawlee-queue-store.ts';
import type { StoreUnderTest } from './conformance.ts';

const END = { forefront: false };
const FRONT = { forefront: true };
const NEW = { wasAlreadyPresent: false, wasAlreadyHandled: false };
const PRESENT = { wasAlreadyPresent: true, wasAlreadyHandled: false };
const HANDLED = { wasAlreadyPresent: true, wasAlreadyHandled: true };

function request(id: string, more: Partial<NewCrawleeRequest> = {}): NewCrawleeRequest {
	return { id, json: JSON.stringify({ id }), isHandled: false, ...more };
}

function requests(...ids: string[]): NewCrawleeRequest[] {
	return ids.map((id) => request(id));
}

function lock(client: string | undefined, lastsMs = 60_000): CrawleeLock {
	return { until: Date.now() + lastsMs, client };
}

async function headOf(queues: CrawleeQueueStore, queue = 'q'): Promise<string> {
	return (await queues.head(queue, 99)).map(({ id }) => id).join('');
}

async function lockOf(queues: CrawleeQueueStore, limit: number, by: CrawleeLock): Promise<string> {
	return (await queues.lockHead('q', limit, by)).requests.map(({ id }) => id).join('');
}

/** What every store promises of the queues of Crawlee's own crawlers. */
export function runCrawleeQueueConformance({ open }: StoreUnderTest): void {
	describe('queues', () => {
		test('are made, found, listed, renamed and dropped, each by itself', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			expect(await queues.list()).toEqual([]);
			expect(await queues.find('q')).toBeUndefined();
			const made = await queues.open('q');
			expect(made).toMatchObject({ name: 'q', totalCount: 0, handledCount: 0 });
			expect(await queues.open('q')).toEqual(made);
			await queues.add('other', requests('a', 'b'), END);
			await queues.add('q', requests('a'), END);

			expect(await queues.rename('q', 'other')).toBe(false);
			expect(await queues.rename('none', 'new')).toBe(false);
			expect(await queues.rename('q', 'new')).toBe(true);
			expect((await queues.list()).map(({ name, totalCount }) => [name, totalCount])).toEqual([
				['new', 1],
				['other', 2],
			]);
			await queues.drop('new');
			await queues.drop('new');
			expect(await queues.get('new', 'a')).toBeUndefined();
			expect(await headOf(queues, 'other')).toBe('ab');
		});

		test('one that is missing is empty', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			expect(await queues.head('q', 9)).toEqual([]);
			expect(await queues.lockHead('q', 9, lock('me'))).toEqual({ requests: [], hasLocked: false });
			expect(await queues.get('q', 'a')).toBeUndefined();
			expect(await queues.prolongLock('q', 'a', lock('me'), END)).toBe(false);
			expect(await queues.unlock('q', 'a', 'me', END)).toBe(false);
			await queues.remove('q', 'a');
			expect(await queues.list()).toEqual([]);
		});

		test('count, and know when they were changed', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', [...requests('a', 'b'), request('c', { isHandled: true })], END);
			expect(await queues.find('q')).toMatchObject({ totalCount: 3, handledCount: 1 });
			await queues.update('q', request('a', { isHandled: true }), END);
			await queues.update('q', request('a', { isHandled: true }), END);
			expect(await queues.find('q')).toMatchObject({ totalCount: 3, handledCount: 2 });
			await queues.update('q', request('c'), END);
			await queues.remove('q', 'a');
			const before = await queues.find('q');
			expect(before).toMatchObject({ totalCount: 2, handledCount: 0 });
			while (Date.now() === before?.modifiedAt) await new Promise((resolve) => setTimeout(resolve, 1));
			await queues.lockHead('q', 1, lock('me'));
			await queues.add('q', requests('b'), END);
			expect(await queues.find('q')).toEqual(before);
			await queues.remove('q', 'b');
			expect((await queues.find('q'))?.modifiedAt).toBeGreaterThan(before?.modifiedAt as number);
		});

		test('are gone after clear, and have nothing to do with the crawl', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a'), END);
			expect(Object.values(store.counts()).every((count) => count === 0)).toBe(true);
			await store.clear();
			expect(await queues.list()).toEqual([]);
		});

		test('are refused by a closed store', async () => {
			const store = await open();
			await store.close();
			const refused = { code: 'ORB_STORAGE_CLOSED' };
			await expect(store.crawleeQueues.list()).rejects.toMatchObject(refused);
			await expect(store.crawleeQueues.add('q', [], END)).rejects.toMatchObject(refused);
		});
	});

	describe('requests of a queue', () => {
		test('are stored once, and answered in their order', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			expect(await queues.add('q', [...requests('a', 'b'), request('a', { json: '"other"' })], END)).toEqual([
				NEW,
				NEW,
				PRESENT,
			]);
			await queues.update('q', request('b', { isHandled: true, json: '"b2"' }), END);
			expect(await queues.add('q', requests('b', 'c'), END)).toEqual([HANDLED, NEW]);
			expect([await queues.get('q', 'a'), await queues.get('q', 'b')]).toEqual(['{"id":"a"}', '"b2"']);
			expect(await headOf(queues)).toBe('ac');
		});

		test('go to the end, or each in front of all others', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a', 'b'), END);
			await queues.add('q', requests('x', 'y'), FRONT);
			await queues.add('q', requests('c'), END);
			expect(await headOf(queues)).toBe('yxabc');
			expect(await queues.head('q', 2)).toEqual([
				{ id: 'y', json: '{"id":"y"}' },
				{ id: 'x', json: '{"id":"x"}' },
			]);
			await queues.update('q', request('x'), END);
			await queues.update('q', request('b'), FRONT);
			expect(await headOf(queues)).toBe('byacx');
		});

		test('an update of one that is missing adds it; one that was handled can wait again', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			expect(await queues.update('q', request('a', { isHandled: true }), END)).toEqual(NEW);
			expect(await headOf(queues)).toBe('');
			expect(await queues.update('q', request('a'), END)).toEqual(HANDLED);
			expect(await headOf(queues)).toBe('a');
		});
	});

	describe('locks', () => {
		test('keep others away until they are given up', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a', 'b', 'c'), END);
			expect(await lockOf(queues, 2, lock('me'))).toBe('ab');
			expect(await lockOf(queues, 2, lock('you'))).toBe('c');
			expect(await queues.lockHead('q', 2, lock('me'))).toEqual({ requests: [], hasLocked: true });
			expect(await headOf(queues)).toBe('abc');
			expect(await queues.unlock('q', 'c', 'me', END)).toBe(false);
			expect(await queues.unlock('q', 'b', 'me', END)).toBe(true);
			expect(await queues.unlock('q', 'b', 'me', END)).toBe(false);
			expect(await queues.unlock('q', 'a', 'me', END)).toBe(true);
			expect(await lockOf(queues, 9, lock('you'))).toBe('ab');
		});

		test('one that is given up keeps its place, unless it goes to the front', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a', 'b', 'c'), END);
			await queues.lockHead('q', 9, lock(undefined));
			await queues.unlock('q', 'b', undefined, END);
			expect(await headOf(queues)).toBe('abc');
			await queues.unlock('q', 'c', undefined, FRONT);
			expect(await headOf(queues)).toBe('cab');
		});

		test('outlast an update, and end when the request is handled', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a', 'b'), END);
			await queues.lockHead('q', 9, lock('me'));
			await queues.update('q', request('a', { json: '"again"' }), FRONT);
			await queues.update('q', request('b', { isHandled: true }), END);
			expect(await queues.lockHead('q', 9, lock('you'))).toEqual({ requests: [], hasLocked: true });
			expect(await queues.unlock('q', 'b', 'me', END)).toBe(false);
			await queues.unlock('q', 'a', 'me', END);
			expect(await queues.lockHead('q', 0, lock('you'))).toEqual({ requests: [], hasLocked: false });
			expect((await queues.lockHead('q', 9, lock('you'))).requests).toEqual([{ id: 'a', json: '"again"' }]);
		});

		test('end at their time; then who asks first has the request', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', requests('a', 'b'), END);
			await queues.lockHead('q', 9, lock('me', 0));
			expect(await queues.lockHead('q', 1, lock('you'))).toMatchObject({ requests: [{ id: 'a' }], hasLocked: true });
			expect(await queues.prolongLock('q', 'a', lock('me'), END)).toBe(false);
			expect(await queues.unlock('q', 'a', 'me', END)).toBe(false);
			expect(await queues.prolongLock('q', 'b', lock('me'), END)).toBe(true);
			expect(await lockOf(queues, 9, lock('you'))).toBe('');
		});

		test('taken in advance are given back together, without those under which work has begun', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.freeReserved();
			await queues.add('q', requests('a', 'b', 'c', 'd'), END);
			await queues.lockHead('q', 3, lock('me'));
			await queues.prolongLock('q', 'b', lock('me'), END);
			await queues.freeReserved();
			expect(await lockOf(queues, 1, lock('you'))).toBe('a');
			// Who had it may still begin, unless somebody was first.
			expect(await queues.prolongLock('q', 'a', lock('me'), END)).toBe(false);
			expect(await queues.prolongLock('q', 'c', lock('me'), END)).toBe(true);
			expect(await lockOf(queues, 9, lock('you'))).toBe('d');
			// What is given up and taken again has not begun.
			await queues.unlock('q', 'b', 'me', END);
			expect(await lockOf(queues, 9, lock('you'))).toBe('b');
			await queues.freeReserved();
			expect(await lockOf(queues, 9, lock('them'))).toBe('abd');
		});

		test('are prolonged by their holder only, and not of what is handled', async () => {
			await using store = await open();
			const { crawleeQueues: queues } = store;
			await queues.add('q', [...requests('a', 'b'), request('c', { isHandled: true })], END);
			await queues.lockHead('q', 9, lock('me', 0));
			expect(await queues.prolongLock('q', 'b', lock('me'), FRONT)).toBe(true);
			expect(await queues.prolongLock('q', 'b', lock('you'), END)).toBe(false);
			expect(await queues.prolongLock('q', 'c', lock('me'), END)).toBe(false);
			expect(await headOf(queues)).toBe('ba');
			expect(await lockOf(queues, 9, lock('you'))).toBe('a');
		});
	});
}

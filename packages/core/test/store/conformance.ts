import { describe, expect, test } from 'vitest';
import type { CrawlStore, LeasedRequest, PageCommit, PageOutcome, StoreCounts } from '../../src/store/crawl-store.ts';
import { newRequest, newRequests } from './requests.ts';

/** How the suite gets a store. */
export interface StoreUnderTest {
	/** A new store with nothing in it. */
	open(): Promise<CrawlStore>;
}

export const NONE: StoreCounts = {
	waiting: 0,
	delayed: 0,
	leased: 0,
	handled: 0,
	failed: 0,
	skipped: 0,
	redirected: 0,
};
export const HANDLED: PageOutcome = { status: 'handled' };

/** What a page leaves behind, with nothing beside its outcome unless told. */
export function pageOf({ id }: { id: number }, more: Partial<PageCommit> = {}): PageCommit {
	return { id, retryCount: 0, outcome: HANDLED, requests: [], items: [], ...more };
}

function paths(requests: readonly LeasedRequest[]): string[] {
	return requests.map(({ url }) => new URL(url).pathname);
}

/** What every store of a crawl promises, however it keeps it. */
export function runStoreConformance({ open }: StoreUnderTest): void {
	async function leaseOne(store: CrawlStore, domain = 'a.example'): Promise<LeasedRequest> {
		const [leased] = await store.lease(domain, 1);
		if (leased === undefined) throw new Error(`nothing waits for ${domain}`);
		return leased;
	}

	describe('requests', () => {
		test('is empty at first', async () => {
			await using store = await open();
			expect(store.counts()).toEqual(NONE);
			expect(store.nextDelayed()).toBeUndefined();
			expect(await store.domains(10, () => false)).toEqual([]);
			expect(await store.lease('a.example', 10)).toEqual([]);
			expect(await store.failedRequests({ offset: 0, limit: 10 })).toEqual([]);
		});

		test('gives back all that a request carries', async () => {
			await using store = await open();
			const full = newRequest('/p?q=1', {
				uniqueKey: 'POST(x):http://a.example/p\0\u{1f577}',
				method: 'POST',
				label: 'DETAIL',
				priority: -3,
				crawlDepth: 4,
				parentId: 77,
				data: { payload: '{"a":1}', headers: { 'x-y': 'z' }, userData: { deep: [1, { b: null }] }, maxRetries: 0 },
			});
			const [added] = await store.add([full]);
			expect(await store.lease('a.example', 9)).toEqual([{ ...full, id: added?.id, retryCount: 0 }]);
		});

		test('answers additions in their order, and knows a key that is there', async () => {
			await using store = await open();
			const [first, second, again] = await store.add([newRequest('/1'), newRequest('/2'), newRequest('/1')]);
			expect(first).toEqual({ id: first?.id, wasAlreadyPresent: false, wasAlreadyHandled: false });
			expect(again).toEqual({ id: first?.id, wasAlreadyPresent: true, wasAlreadyHandled: false });
			expect(second?.id).not.toBe(first?.id);
			const leased = await leaseOne(store);
			expect((await store.add([newRequest('/1')]))[0]).toMatchObject({ wasAlreadyHandled: false });
			await store.commit(pageOf(leased));
			expect((await store.add([newRequest('/1')]))[0]).toEqual({ ...again, wasAlreadyHandled: true });
			expect(store.counts()).toEqual({ ...NONE, waiting: 1, handled: 1 });
		});

		test('the key decides, not the address', async () => {
			await using store = await open();
			await store.add([newRequest('/1'), newRequest('/1', { uniqueKey: 'another' })]);
			await store.add([newRequest('/2', { uniqueKey: 'another' })]);
			expect(paths(await store.lease('a.example', 9))).toEqual(['/1', '/1']);
		});

		test('leases by priority, then by age', async () => {
			await using store = await open();
			await store.add([newRequest('/old'), newRequest('/last', { priority: -1 }), newRequest('/new')]);
			await store.add([newRequest('/first', { priority: 5 }), newRequest('/newest')]);
			expect(paths(await store.lease('a.example', 9))).toEqual(['/first', '/old', '/new', '/newest', '/last']);
		});

		test('what is leased is nobody else’s', async () => {
			await using store = await open();
			await store.add(newRequests(50));
			const taken = await Promise.all(Array.from({ length: 12 }, () => store.lease('a.example', 7)));
			const ids = taken.flat().map(({ id }) => id);
			expect(new Set(ids).size).toBe(50);
			expect(ids).toHaveLength(50);
			expect(store.counts()).toEqual({ ...NONE, leased: 50 });
		});

		test('keeps domains apart', async () => {
			await using store = await open();
			await store.add([newRequest('/1'), newRequest('/2', { domain: 'b.example' })]);
			expect(paths(await store.lease('b.example', 9))).toEqual(['/2']);
			expect(await store.lease('c.example', 9)).toEqual([]);
			expect(await store.domains(9, () => false)).toEqual([{ name: 'a.example', blockedUntil: 0 }]);
		});

		test('what is released waits again, at its old place', async () => {
			await using store = await open();
			await store.add(newRequests(3));
			const leased = await store.lease('a.example', 2);
			await store.release(leased.map(({ id }) => id));
			await store.release([...leased.map(({ id }) => id), 999_999]);
			expect(store.counts()).toEqual({ ...NONE, waiting: 3 });
			expect(await store.domains(9, () => false)).toHaveLength(1);
			expect(paths(await store.lease('a.example', 9))).toEqual(['/0', '/1', '/2']);
			expect(await store.domains(9, () => false)).toEqual([]);
		});
	});

	describe('what was given up', () => {
		test('waits again with all its tries, and its failure stays in its history', async () => {
			await using store = await open();
			await store.add([newRequest('/1'), newRequest('/2'), newRequest('/3', { domain: 'b.example' })]);
			const first = await leaseOne(store);
			await store.commit(
				pageOf(first, { retryCount: 3, outcome: { status: 'failed', error: 'broken', httpStatus: 500 } }),
			);
			await store.commit(pageOf(await leaseOne(store)));
			const other = await leaseOne(store, 'b.example');
			await store.commit(pageOf(other, { outcome: { status: 'failed', error: 'gone' } }));
			expect(await store.retryFailed()).toBe(2);
			expect(store.counts()).toEqual({ ...NONE, waiting: 2, handled: 1 });
			expect(await store.failedRequests({ offset: 0, limit: 9 })).toEqual([]);
			expect(await store.domains(9, () => false)).toHaveLength(2);
			const history = await store.history(first.uniqueKey);
			expect(history).toMatchObject({ status: 'waiting', tries: 1, httpStatus: 500 });
			expect(history?.failedAttempts).toMatchObject([{ error: 'broken', httpStatus: 500 }]);
			expect(await leaseOne(store)).toMatchObject({ id: first.id, retryCount: 0 });
			expect(await store.domains(9, () => false)).toEqual([{ name: 'b.example', blockedUntil: 0 }]);
		});

		test('is nothing when nothing was', async () => {
			await using store = await open();
			await store.add(newRequests(2));
			expect(await store.retryFailed()).toBe(0);
			expect(store.counts()).toEqual({ ...NONE, waiting: 2 });
		});
	});

	describe('commit', () => {
		test('stores the mark, the items and the requests together', async () => {
			await using store = await open();
			await store.add([newRequest('/1')]);
			const leased = await leaseOne(store);
			const found = [newRequest('/1'), newRequest('/2'), newRequest('/3', { domain: 'b.example' })];
			const domains = await store.commit(
				pageOf(leased, { requests: found, items: [{ dataset: 'default', json: '{"a":1}' }] }),
			);
			expect([...domains].sort()).toEqual(['a.example', 'b.example']);
			expect(store.counts()).toEqual({ ...NONE, handled: 1, waiting: 2 });
			expect(await store.readItems('default', { offset: 0, limit: 9 })).toEqual({ total: 1, json: ['{"a":1}'] });
		});

		test('answers only domains that got something new', async () => {
			await using store = await open();
			await store.add([newRequest('/1'), newRequest('/2', { domain: 'b.example' })]);
			const requests = [newRequest('/2', { domain: 'b.example' })];
			expect([...(await store.commit(pageOf(await leaseOne(store), { requests })))]).toEqual([]);
		});

		test('a page whose lease is gone stores nothing, so that nothing is stored twice', async () => {
			await using store = await open();
			await store.add([newRequest('/1')]);
			const leased = await leaseOne(store);
			const page = pageOf(leased, { items: [{ dataset: 'd', json: '1' }], requests: [newRequest('/late')] });
			await store.release([leased.id]);
			expect((await store.commit(page)).size).toBe(0);
			expect(store.counts()).toEqual({ ...NONE, waiting: 1 });
			await leaseOne(store);
			await Promise.all([store.commit(page), store.commit(page)]);
			expect(await store.readItems('d', { offset: 0, limit: 9 })).toEqual({ total: 1, json: ['1'] });
			expect(store.counts()).toEqual({ ...NONE, waiting: 1, handled: 1 });
		});

		test.each<[string, PageOutcome]>([
			['handled', { status: 'handled', loadedUrl: 'http://a.example/x', httpStatus: 200 }],
			['failed', { status: 'failed', error: 'broken', httpStatus: 500 }],
			['skipped', { status: 'skipped', reason: 'robotsTxt' }],
			['redirected', { status: 'redirected', loadedUrl: 'http://a.example/x', httpStatus: 301 }],
		])('%s is the end of a request', async (status, outcome) => {
			await using store = await open();
			const [added] = await store.add([newRequest('/1')]);
			await store.commit(pageOf(await leaseOne(store), { outcome }));
			expect(store.counts()).toEqual({ ...NONE, [status]: 1 });
			await store.release([added?.id ?? 0]);
			expect(await store.lease('a.example', 9)).toEqual([]);
			expect((await store.add([newRequest('/1')]))[0]?.wasAlreadyHandled).toBe(true);
		});

		test('stores values and rejected rows with the page', async () => {
			await using store = await open();
			await store.setRecord('s', { key: 'old', value: new Uint8Array([1]) });
			await store.add([newRequest('/1')]);
			const records = [
				{ store: 's', key: 'new', contentType: 'text/plain', value: new Uint8Array([2]) },
				{ store: 's', key: 'old' },
			];
			const rejected = [{ dataset: 'd', json: '{"n":"x"}', reason: 'n: no number' }];
			await store.commit(pageOf(await leaseOne(store), { records, rejected }));
			expect(await store.getRecord('s', 'new')).toMatchObject({ contentType: 'text/plain' });
			expect(await store.getRecord('s', 'old')).toBeUndefined();
			expect(store.rejectedCount()).toBe(1);
			const [found] = await store.rejectedItems({ offset: 0, limit: 9 });
			expect(found).toEqual({ ...rejected[0], url: 'http://a.example/1', rejectedAt: found?.rejectedAt });
			expect(await store.rejectedItems({ offset: 1, limit: 9 })).toEqual([]);
			expect(await store.datasets()).toEqual([]);
		});

		test('tells what failed, and on which page it was found', async () => {
			await using store = await open();
			await store.add([newRequest('/start')]);
			const start = await leaseOne(store);
			await store.commit(pageOf(start, { requests: [newRequest('/1', { parentId: start.id }), newRequest('/2')] }));
			const [first, second] = await store.lease('a.example', 2);
			await store.commit(pageOf(second as LeasedRequest, { outcome: { status: 'failed', error: 'no answer' } }));
			const outcome = { status: 'failed', error: 'gone', httpStatus: 410 } as const;
			await store.commit(pageOf(first as LeasedRequest, { outcome }));
			const failed = await store.failedRequests({ offset: 0, limit: 9 });
			expect(failed).toEqual([
				{ url: 'http://a.example/1', error: 'gone', httpStatus: 410, foundOn: 'http://a.example/start' },
				{ url: 'http://a.example/2', error: 'no answer', httpStatus: undefined, foundOn: undefined },
			]);
			expect(await store.failedRequests({ offset: 1, limit: 1 })).toEqual([failed[1]]);
		});
	});

	describe('history', () => {
		test('remembers each failed try, the way to the page, and what came of it', async () => {
			await using store = await open();
			await store.add([newRequest('/start', { label: 'START' })]);
			const start = await leaseOne(store);
			await store.commit(pageOf(start, { requests: [newRequest('/moved', { parentId: start.id })] }));
			const moved = await leaseOne(store);
			const redirected = { status: 'redirected', loadedUrl: 'http://a.example/1', httpStatus: 301 } as const;
			const target = newRequest('/1', { parentId: moved.id, crawlDepth: 1, label: 'PAGE', priority: 2 });
			await store.commit(pageOf(moved, { outcome: redirected, requests: [target] }));
			const failing = { status: 'delayed', notBefore: 0, retryCount: 1, error: 'busy', httpStatus: 503 } as const;
			await store.commit(pageOf(await leaseOne(store), { outcome: failing }));
			// Not a failure: the same address again, with a new cookie.
			await store.commit(pageOf(await leaseOne(store), { outcome: { ...failing, error: '' } }));
			const notBefore = Date.now() + 60_000;
			await store.commit(pageOf(await leaseOne(store), { outcome: { ...failing, error: 'lost', notBefore } }));
			const between = await store.history('http://a.example/1');
			expect(between).toEqual({
				uniqueKey: 'http://a.example/1',
				url: 'http://a.example/1',
				method: 'GET',
				label: 'PAGE',
				status: 'delayed',
				priority: 2,
				crawlDepth: 1,
				addedAt: between?.addedAt,
				finishedAt: undefined,
				notBefore,
				tries: 2,
				failedAttempts: [
					{ at: between?.failedAttempts[0]?.at, error: 'busy', httpStatus: 503 },
					{ at: between?.failedAttempts[1]?.at, error: 'lost', httpStatus: 503 },
				],
				httpStatus: 503,
				loadedUrl: undefined,
				error: 'lost',
				itemCount: 0,
				foundOn: ['http://a.example/start'],
			});
			expect(await store.history('http://a.example/moved')).toMatchObject({ status: 'redirected', tries: 1 });
		});

		test('counts the rows of a page, and knows nothing of what was never added', async () => {
			await using store = await open();
			await store.add([newRequest('/1')]);
			expect(await store.history('http://a.example/1')).toMatchObject({ status: 'waiting', tries: 0, foundOn: [] });
			const items = ['1', '2'].map((json) => ({ dataset: 'd', json }));
			await store.commit(pageOf(await leaseOne(store), { items }));
			const after = await store.history('http://a.example/1');
			expect(after).toMatchObject({ status: 'handled', tries: 1, itemCount: 2 });
			expect(after?.finishedAt).toBeGreaterThanOrEqual(after?.addedAt as number);
			expect(await store.history('http://a.example/2')).toBeUndefined();
		});
	});

	describe('delay', () => {
		const delayed = (notBefore: number, more = {}): PageOutcome => ({
			status: 'delayed',
			notBefore,
			retryCount: 1,
			error: 'try later',
			...more,
		});

		test('what is delayed comes back when it is due', async () => {
			await using store = await open();
			await store.add(newRequests(2));
			const [first, second] = await store.lease('a.example', 2);
			const due = Date.now() + 60;
			await store.commit(pageOf(first as LeasedRequest, { outcome: delayed(due + 60_000) }));
			await store.commit(pageOf(second as LeasedRequest, { outcome: delayed(due, { data: { noRetry: true } }) }));
			expect(store.counts()).toEqual({ ...NONE, delayed: 2 });
			expect(store.nextDelayed()).toBe(due);
			expect(await store.lease('a.example', 9)).toEqual([]);
			expect(await store.domains(9, () => false)).toEqual([]);
			while (Date.now() <= due) await new Promise((resolve) => setTimeout(resolve, 5));
			expect(await store.domains(9, () => false)).toHaveLength(1);
			expect(store.nextDelayed()).toBe(due + 60_000);
			expect(await store.lease('a.example', 9)).toMatchObject([{ retryCount: 1, data: { noRetry: true } }]);
			expect(store.counts()).toEqual({ ...NONE, leased: 1, delayed: 1 });
		});

		test('keeps data and priority unless told', async () => {
			await using store = await open();
			await store.add([newRequest('/1', { data: { userData: { a: 1 } } }), newRequest('/2', { priority: 1 })]);
			const leased = await store.lease('a.example', 2);
			const now = Date.now();
			await store.commit(pageOf(leased[1] as LeasedRequest, { outcome: delayed(now - 5, { priority: 9 }) }));
			await store.commit(pageOf(leased[0] as LeasedRequest, { outcome: delayed(now - 5) }));
			expect(await store.lease('a.example', 2)).toMatchObject([
				{ priority: 9, data: { userData: { a: 1 } } },
				{ priority: 1, data: undefined },
			]);
		});

		test('takes any time, also one between two milliseconds', async () => {
			await using store = await open();
			await store.add([newRequest('/1')]);
			const notBefore = Date.now() + 5_000.25;
			await store.commit(pageOf(await leaseOne(store), { outcome: delayed(notBefore) }));
			expect(store.nextDelayed()).toBe(Math.ceil(notBefore));
			await store.block('a.example', Number.MAX_VALUE);
			expect(store.counts().delayed).toBe(1);
		});
	});

	describe('domains', () => {
		test('answers those first that may be fetched first', async () => {
			await using store = await open();
			for (const domain of ['a.example', 'b.example', 'c.example']) await store.add([newRequest('/', { domain })]);
			const until = Date.now() + 5_000;
			await store.block('a.example', until);
			expect(await store.domains(9, () => false)).toEqual([
				{ name: 'b.example', blockedUntil: 0 },
				{ name: 'c.example', blockedUntil: 0 },
				{ name: 'a.example', blockedUntil: until },
			]);
			expect((await store.domains(1, (name) => name === 'b.example')).map(({ name }) => name)).toEqual(['c.example']);
		});

		test('remembers a block of a domain that has nothing yet', async () => {
			await using store = await open();
			await store.block('a.example', 4_000_000_000_000.5);
			await store.add([newRequest('/')]);
			expect(await store.domains(9, () => false)).toEqual([{ name: 'a.example', blockedUntil: 4_000_000_000_001 }]);
		});
	});

	describe('items', () => {
		test('keeps rows in their order, by dataset', async () => {
			await using store = await open();
			await store.pushItems(['1', '2', '3'].map((json) => ({ dataset: 'a', json })));
			await store.pushItems([{ dataset: 'b', json: '{"x":"\\u0000é"}' }]);
			expect(await store.readItems('a', { offset: 1, limit: 1 })).toEqual({ total: 3, json: ['2'] });
			expect(await store.readItems('a', { offset: 0, limit: 2, desc: true })).toEqual({ total: 3, json: ['3', '2'] });
			expect(await store.readItems('b', { offset: 0, limit: 9 })).toEqual({ total: 1, json: ['{"x":"\\u0000é"}'] });
			expect(await store.readItems('none', { offset: 0, limit: 9 })).toEqual({ total: 0, json: [] });
		});

		test('reads on from a row, all or those that are meant', async () => {
			await using store = await open();
			await store.pushItems([{ dataset: 'd', json: '0' }]);
			await store.add([newRequest('/1', { label: 'A' }), newRequest('/2', { label: 'B' })]);
			const [first, second] = await store.lease('a.example', 2);
			await store.commit(pageOf(first as LeasedRequest, { items: [{ dataset: 'd', json: '1' }] }));
			await store.commit(pageOf(second as LeasedRequest, { items: [{ dataset: 'd', json: '2' }] }));
			await store.pushItems([{ dataset: 'other', json: '9' }]);
			const all = await store.itemsAfter('d', 0, 9);
			const json = async (...args: Parameters<CrawlStore['itemsAfter']>): Promise<string[]> =>
				(await store.itemsAfter(...args)).map((item) => item.json);
			expect(all.map((item) => item.json)).toEqual(['0', '1', '2']);
			expect(await json('d', all[0]?.id as number, 1)).toEqual(['1']);
			expect(await json('d', all[2]?.id as number, 9)).toEqual([]);
			expect(await json('none', 0, 9)).toEqual([]);
			expect(await json('d', 0, 9, { label: 'B' })).toEqual(['2']);
			expect(await json('d', 0, 9, { since: Date.now() + 1 })).toEqual([]);
			expect(await json('d', 0, 9, { since: 0, until: Date.now() + 1, label: 'A' })).toEqual(['1']);
			expect(await json('d', 0, 9, { until: 5 })).toEqual([]);
		});

		test('knows how far an output file is written', async () => {
			await using store = await open();
			const start = { itemId: 0, bytes: 0 };
			const written = { itemId: 4, bytes: 40 };
			expect(await store.outputPosition('a')).toBeUndefined();
			expect(await store.moveOutputPosition('a', start, written)).toBe(false);
			expect(await store.moveOutputPosition('a', undefined, start)).toBe(true);
			expect(await store.moveOutputPosition('a', undefined, written)).toBe(false);
			expect(await store.moveOutputPosition('a', start, written)).toBe(true);
			expect(await store.moveOutputPosition('a', start, written)).toBe(false);
			expect(await store.outputPosition('a')).toEqual(written);
		});

		test('remembers of an output file that its rows are gone, and its length', async () => {
			await using store = await open();
			const written = { itemId: 4, bytes: 40 };
			const gone = { itemId: -1, bytes: 40 };
			await store.moveOutputPosition('a', undefined, written);
			const afterwards = async (change: () => Promise<unknown>): Promise<unknown> => {
				await store.moveOutputPosition('a', await store.outputPosition('a'), written);
				await change();
				return store.outputPosition('a');
			};
			const rows = ['d', 'default'].map((dataset) => ({ dataset, json: '1' }));
			await store.pushItems(rows);
			expect(await afterwards(() => store.dropDataset('d'))).toEqual(written);
			expect(await afterwards(() => store.dropDataset('default'))).toEqual(gone);
			await store.pushItems(rows);
			expect(await afterwards(() => store.renameDataset('d', 'e'))).toEqual(written);
			expect(await afterwards(() => store.renameDataset('default', 'f'))).toEqual(gone);
			expect(await afterwards(() => store.renameDataset('f', 'default'))).toEqual(gone);
			expect(await afterwards(() => store.clear())).toEqual(gone);
		});

		test('knows its datasets', async () => {
			await using store = await open();
			const before = Date.now();
			const opened = await store.openDataset('a');
			expect(opened).toEqual({ name: 'a', itemCount: 0, createdAt: opened.createdAt });
			expect(opened.createdAt).toBeGreaterThanOrEqual(before);
			await store.pushItems([{ dataset: 'a', json: '1' }]);
			expect(await store.openDataset('a')).toEqual({ ...opened, itemCount: 1 });
			expect(await store.dataset('b')).toBeUndefined();
			await store.dropDataset('a');
			expect(await store.datasets()).toEqual([]);
			await store.pushItems([{ dataset: 'a', json: '2' }]);
			expect(await store.readItems('a', { offset: 0, limit: 9 })).toEqual({ total: 1, json: ['2'] });
		});
	});

	describe('records', () => {
		const value = new Uint8Array([0, 1, 255]);

		test('sets, replaces and deletes', async () => {
			await using store = await open();
			await store.setRecord('s', { key: 'k', contentType: 'text/plain', value: new Uint8Array([7]) });
			await store.setRecord('s', { key: 'k', value });
			const found = await store.getRecord('s', 'k');
			expect(found).toMatchObject({ key: 'k', contentType: undefined });
			expect([...(found?.value ?? [])]).toEqual([...value]);
			expect(await store.getRecord('other', 'k')).toBeUndefined();
			await store.deleteRecord('s', 'k');
			await store.deleteRecord('s', 'k');
			expect(await store.getRecord('s', 'k')).toBeUndefined();
		});

		test('lists keys by prefix, page by page', async () => {
			await using store = await open();
			for (const key of ['b%2', 'a', 'b%1', 'b_1', 'B']) await store.setRecord('s', { key, value });
			expect(await store.listRecords('s', { limit: 2 })).toEqual([
				{ key: 'B', size: 3 },
				{ key: 'a', size: 3 },
			]);
			const keys = await store.listRecords('s', { prefix: 'b%', after: 'b%1', limit: 9 });
			expect(keys.map(({ key }) => key)).toEqual(['b%2']);
		});

		test('knows and drops its stores', async () => {
			await using store = await open();
			const opened = await store.openRecords('s');
			expect(await store.openRecords('s')).toEqual(opened);
			await store.setRecord('t', { key: 'k', value });
			expect((await store.recordStores()).map(({ name }) => name)).toEqual(['s', 't']);
			await store.dropRecords('t');
			expect(await store.recordStores()).toEqual([opened]);
			expect(await store.getRecord('t', 'k')).toBeUndefined();
		});
	});

	describe('robots', () => {
		test('keeps one record for each origin', async () => {
			await using store = await open();
			const origin = 'https://a.example';
			const body = Buffer.from('User-agent: *');
			const record = { origin, rule: 'file', status: 200, fetchedAt: 1, expiresAt: 2, failures: 0 } as const;
			expect(await store.robots.read(origin)).toBeUndefined();
			await store.robots.write({ ...record, body });
			await store.robots.write({ ...record, body, expiresAt: 3 });
			const found = await store.robots.read(origin);
			expect(found).toMatchObject({ ...record, expiresAt: 3 });
			expect(Buffer.from(found?.body ?? []).toString()).toBe('User-agent: *');
			expect(await store.robots.read('http://a.example')).toBeUndefined();
		});
	});

	describe('clear and close', () => {
		test('clear removes every request and result, but no wait that a domain asked for', async () => {
			await using store = await open();
			await store.add([...newRequests(3), newRequest('/', { domain: 'b.example' })]);
			await store.commit(pageOf(await leaseOne(store), { items: [{ dataset: 'd', json: '1' }] }));
			await store.setRecord('s', { key: 'k', value: new Uint8Array(1) });
			const until = Date.now() + 60_000;
			await store.block('b.example', until);
			await store.clear();
			expect(store.counts()).toEqual(NONE);
			expect(await store.domains(9, () => false)).toEqual([]);
			expect(await store.datasets()).toEqual([]);
			expect(await store.recordStores()).toEqual([]);
			expect(await store.history('http://a.example/0')).toBeUndefined();
			expect(store.rejectedCount()).toBe(0);
			await store.add([newRequest('/0'), newRequest('/', { domain: 'b.example' })]);
			expect(await store.domains(9, () => false)).toEqual([
				{ name: 'a.example', blockedUntil: 0 },
				{ name: 'b.example', blockedUntil: until },
			]);
		});

		test('a closed store refuses everything, and closes twice', async () => {
			const store = await open();
			await store.add([newRequest('/1')]);
			await store.close();
			await store.close();
			const refused = { name: 'StorageError', code: 'ORB_STORAGE_CLOSED' };
			await expect(store.add([newRequest('/2')])).rejects.toMatchObject(refused);
			await expect(store.lease('a.example', 1)).rejects.toMatchObject(refused);
			await expect(store.robots.read('http://a.example')).rejects.toMatchObject(refused);
			await expect(store.clear()).rejects.toMatchObject(refused);
		});

		test('close stores what was asked for before', async () => {
			const store = await open();
			const added = store.add([newRequest('/1')]);
			await store.close();
			expect(await added).toHaveLength(1);
		});
	});
}

import { describe, expect, test } from 'vitest';
import type { CrawlStore, LeasedRequest } from '../../src/store/crawl-store.ts';
import { HANDLED, NONE, pageOf, type StoreUnderTest } from './conformance.ts';
import { newRequest } from './requests.ts';

/** What becomes of a page that a redirect and a link with another label lead to. */
export function runRedirectTargetConformance({ open }: StoreUnderTest): void {
	async function leaseOne(store: CrawlStore): Promise<LeasedRequest> {
		const [leased] = await store.lease('a.example', 1);
		if (leased === undefined) throw new Error('nothing waits');
		return leased;
	}

	describe('the target of a redirect', () => {
		const target = newRequest('/t', { data: { redirectedFrom: ['http://a.example/old'], sessionId: 's' } });
		const link = newRequest('/t', { label: 'DETAIL', parentId: 9, crawlDepth: 2, data: { userData: { a: 1 } } });

		test('gets the label and data of the first link that has another label', async () => {
			await using store = await open();
			await store.add([target]);
			expect(await store.add([link])).toMatchObject([{ wasAlreadyPresent: true, wasAlreadyHandled: false }]);
			await store.add([newRequest('/t', { label: 'LATER' })]);
			expect(await leaseOne(store)).toMatchObject(link);
		});

		test.each([
			HANDLED,
			{ status: 'failed', error: 'not what it looks for' },
			{ status: 'redirected', loadedUrl: 'http://a.example/on', httpStatus: 302 },
		] as const)('waits anew when it was $status with another label, once', async (outcome) => {
			await using store = await open();
			await store.add([target]);
			await store.commit(pageOf(await leaseOne(store), { outcome }));
			expect(await store.add([link])).toMatchObject([{ wasAlreadyPresent: false, wasAlreadyHandled: false }]);
			expect(store.counts()).toEqual({ ...NONE, waiting: 1 });
			expect(await store.domains(9, () => false)).toHaveLength(1);
			const again = await leaseOne(store);
			expect(again).toMatchObject({ ...link, retryCount: 0 });
			await store.commit(pageOf(again));
			expect(await store.add([newRequest('/t', { label: 'LATER' })])).toMatchObject([{ wasAlreadyHandled: true }]);
			expect(store.counts()).toEqual({ ...NONE, handled: 1 });
		});

		test('waits anew after the work on it, when a link is found meanwhile', async () => {
			await using store = await open();
			await store.add([target]);
			const leased = await leaseOne(store);
			await store.add([link]);
			expect(store.counts()).toEqual({ ...NONE, leased: 1 });
			expect([...(await store.commit(pageOf(leased)))]).toEqual(['a.example']);
			expect(store.counts()).toEqual({ ...NONE, waiting: 1 });
			const again = await leaseOne(store);
			expect(again).toMatchObject(link);
			expect([...(await store.commit(pageOf(again)))]).toEqual([]);
			expect(store.counts()).toEqual({ ...NONE, handled: 1 });
		});

		test('keeps the data of the link when it is tried again or given back', async () => {
			await using store = await open();
			await store.add([target]);
			const leased = await leaseOne(store);
			await store.add([link]);
			const outcome = { status: 'delayed', notBefore: 1, retryCount: 1, error: 'x', data: target.data } as const;
			await store.commit(pageOf(leased, { outcome }));
			const again = await leaseOne(store);
			expect(again).toMatchObject(link);
			await store.release([again.id]);
			await store.commit(pageOf(await leaseOne(store)));
			expect(store.counts()).toEqual({ ...NONE, handled: 1 });
		});

		test('stays what it is for a link of the same label, and for another redirect', async () => {
			await using store = await open();
			await store.add([target]);
			await store.add([newRequest('/t'), { ...target, crawlDepth: 7 }]);
			const leased = await leaseOne(store);
			expect(leased).toMatchObject({ data: target.data });
			expect(leased.label).toBeUndefined();
		});

		test('gets the label of the redirect that has one, and keeps it', async () => {
			await using store = await open();
			const target = newRequest('/t', { data: { redirectedFrom: ['http://a.example/old'] } });
			await store.add([target]);
			await store.commit(pageOf(await leaseOne(store)));
			await store.add([{ ...target, label: 'DETAIL' }]);
			expect(store.counts()).toEqual({ ...NONE, waiting: 1 });
			await store.add([target, { ...target, label: 'OTHER' }]);
			const leased = await leaseOne(store);
			expect(leased.label).toBe('DETAIL');
			await store.commit(pageOf(leased));
			await store.add([target, { ...target, label: 'OTHER' }]);
			expect(store.counts()).toEqual({ ...NONE, handled: 1 });
		});
	});
}

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { LeasedRequest } from '../../src/store/crawl-store.ts';
import { pageOf, runStoreConformance } from '../store/conformance.ts';
import { runCrawleeQueueConformance } from '../store/crawlee-queue-conformance.ts';
import { runRedirectTargetConformance } from '../store/redirect-target-conformance.ts';
import { newRequest, newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('in memory', () => {
	runStoreConformance({ open: async () => SqliteStore.open(':memory:') });
	runRedirectTargetConformance({ open: async () => SqliteStore.open(':memory:') });
	runCrawleeQueueConformance({ open: async () => SqliteStore.open(':memory:') });
});

describe('in a file', () => {
	const open = async (): Promise<SqliteStore> => SqliteStore.open(join(await temporaryFolder(), 'crawl.sqlite'));
	runStoreConformance({ open });
	runRedirectTargetConformance({ open });
	runCrawleeQueueConformance({ open });
});

describe('opened again', () => {
	test('everything is there, and what was leased waits again', async () => {
		const path = join(await temporaryFolder(), 'crawl.sqlite');
		const until = Date.now() + 60_000;
		{
			await using store = SqliteStore.open(path);
			await store.add([...newRequests(4), newRequest('/', { domain: 'b.example' })]);
			const [first, second] = await store.lease('a.example', 3);
			await store.commit(pageOf(first as LeasedRequest, { items: [{ dataset: 'd', json: '1' }] }));
			const delayed = { status: 'delayed', notBefore: until, retryCount: 2, error: 'later' } as const;
			await store.commit(pageOf(second as LeasedRequest, { outcome: delayed }));
			await store.block('b.example', until);
			expect(store.reclaimed).toBe(0);
		}
		await using store = SqliteStore.open(path);
		expect(store.reclaimed).toBe(1);
		expect(store.counts()).toMatchObject({ waiting: 3, leased: 0, delayed: 1, handled: 1 });
		expect(store.nextDelayed()).toBe(until);
		expect(await store.domains(9, () => false)).toEqual([
			{ name: 'a.example', blockedUntil: 0 },
			{ name: 'b.example', blockedUntil: until },
		]);
		expect(await store.lease('a.example', 9)).toHaveLength(2);
		expect(await store.domains(9, (name) => name === 'b.example')).toEqual([]);
	});

	test('what was locked in a queue of Crawlee’s is free', async () => {
		const path = join(await temporaryFolder(), 'crawl.sqlite');
		const lock = { until: Date.now() + 3_600_000, client: 'dead' };
		const requests = ['a', 'b', 'c'].map((id) => ({ id, json: '{}', isHandled: false }));
		{
			await using store = SqliteStore.open(path);
			await store.crawleeQueues.add('q', requests, { forefront: false });
			expect(await store.crawleeQueues.lockHead('q', 2, lock)).toMatchObject({ hasLocked: true });
		}
		await using store = SqliteStore.open(path);
		const head = await store.crawleeQueues.lockHead('q', 9, { ...lock, client: 'alive' });
		expect(head.requests.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
	});

	test('thousands of domains with leases are all reclaimed', async () => {
		const path = join(await temporaryFolder(), 'crawl.sqlite');
		{
			await using store = SqliteStore.open(path);
			const domains = Array.from({ length: 1_500 }, (_, index) => `d${index}.example`);
			await store.add(domains.flatMap((domain) => newRequests(2, { domain }).slice(0, 2)));
			await Promise.all(domains.slice(0, 200).map((domain) => store.lease(domain, 1)));
		}
		await using store = SqliteStore.open(path);
		expect(store.reclaimed).toBe(200);
		expect(await store.domains(10_000, () => false)).toHaveLength(1_500);
		expect(await store.lease('d7.example', 9)).toHaveLength(2);
	});
});

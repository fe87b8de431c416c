import { expect, onTestFinished, test, vi } from 'vitest';
import { clockStepBack } from '../../src/sqlite/clock.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { LeasedRequest } from '../../src/store/crawl-store.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequests } from '../store/requests.ts';

test.each([
	[5_000, 5_000, 0],
	[5_000, 6_000, 0],
	[5_000, 4_001, 0],
	[5_000, 4_000, 1_000],
	[0, 4_000, 0],
	[90_000, 0, 90_000],
])('last written at %i, now %i: set back by %i', (lastWritten, now, step) => {
	expect(clockStepBack(lastWritten, now)).toBe(step);
});

test('what waits for a time waits as long as it was meant to, although the clock was set back by a year', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const year = 365 * 86_400_000;
	const now = Date.now();
	await using store = SqliteStore.open(':memory:');
	await store.add(newRequests(2));
	const [first] = await store.lease('a.example', 1);
	const outcome = { status: 'delayed', notBefore: now + 5_000, retryCount: 1, error: 'x' } as const;
	await store.commit(pageOf(first as LeasedRequest, { outcome }));
	await store.block('a.example', now + 60_000);

	vi.setSystemTime(now - year);
	await store.add(newRequests(3));
	expect(store.nextDelayed()).toBe(now + 5_000 - year);
	expect(await store.domains(9, () => false)).toEqual([{ name: 'a.example', blockedUntil: now + 60_000 - year }]);
	// Once, and not again with each transaction.
	await store.add(newRequests(4));
	expect(store.nextDelayed()).toBe(now + 5_000 - year);
	vi.setSystemTime(now - year + 5_000);
	expect(await store.lease('a.example', 9)).toHaveLength(4);
});

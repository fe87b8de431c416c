import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clockStepBack } from '../../src/sqlite/clock.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { LeasedRequest } from '../../src/store/crawl-store.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

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

const YEAR_MS = 365 * 86_400_000;

test.each(['while the file is closed', 'while it is open'])(
	'the first look for work sees no domain blocked for a year, when the clock was set back %s',
	async (when) => {
		vi.useFakeTimers({ toFake: ['Date'] });
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const path = join(await temporaryFolder(), 'crawl.sqlite');
		const now = Date.now();
		let store = SqliteStore.open(path);
		await store.add(newRequests(2));
		await store.block('a.example', now + 60_000);
		if (when === 'while the file is closed') {
			await store.close();
			vi.setSystemTime(now - YEAR_MS);
			store = SqliteStore.open(path);
		}
		vi.setSystemTime(now - YEAR_MS);
		expect(await store.domains(9, () => false)).toEqual([{ name: 'a.example', blockedUntil: now + 60_000 - YEAR_MS }]);
		await store.close();
	},
);

test('what waits for a time waits as long as it was meant to, although the clock was set back by a year', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const now = Date.now();
	await using store = SqliteStore.open(':memory:');
	await store.add(newRequests(2));
	const [first] = await store.lease('a.example', 1);
	const outcome = { status: 'delayed', notBefore: now + 5_000, retryCount: 1, error: 'x' } as const;
	await store.commit(pageOf(first as LeasedRequest, { outcome }));
	await store.block('a.example', now + 60_000);

	vi.setSystemTime(now - YEAR_MS);
	await store.add(newRequests(3));
	expect(store.nextDelayed()).toBe(now + 5_000 - YEAR_MS);
	expect(await store.domains(9, () => false)).toEqual([{ name: 'a.example', blockedUntil: now + 60_000 - YEAR_MS }]);
	// Once, and not again with each transaction.
	await store.add(newRequests(4));
	expect(store.nextDelayed()).toBe(now + 5_000 - YEAR_MS);
	vi.setSystemTime(now - YEAR_MS + 5_000);
	expect(await store.lease('a.example', 9)).toHaveLength(4);
});

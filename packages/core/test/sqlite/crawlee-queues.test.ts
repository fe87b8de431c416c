import { expect, onTestFinished, test, vi } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';

const END = { forefront: false };
const REQUEST = { id: 'a', json: '{}', isHandled: false };

test('a reader sees what was asked for before, awaited or not', async () => {
	await using store = SqliteStore.open(':memory:');
	const { crawleeQueues: queues } = store;
	const added = queues.add('q', [REQUEST], END);
	expect(await queues.get('q', 'a')).toBe('{}');
	expect(await added).toHaveLength(1);
	void queues.update('q', { ...REQUEST, isHandled: true }, END);
	expect(await queues.lockHead('q', 9, { until: Date.now() + 9_000, client: 'me' })).toEqual({
		requests: [],
		hasLocked: false,
	});
});

test('a lock lasts as long as it was meant to, although the clock was set back by a year', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	await using store = SqliteStore.open(':memory:');
	const { crawleeQueues: queues } = store;
	await queues.add('q', [REQUEST], END);
	await queues.lockHead('q', 1, { until: Date.now() + 60_000, client: 'lost' });
	vi.setSystemTime(Date.now() - 365 * 86_400_000);
	await queues.open('q');
	const lock = { until: Date.now() + 120_000, client: 'me' };
	expect(await queues.lockHead('q', 1, lock)).toEqual({ requests: [], hasLocked: true });
	vi.setSystemTime(Date.now() + 60_000);
	expect(await queues.lockHead('q', 1, lock)).toMatchObject({ requests: [{ id: 'a' }] });
});

import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { closeAtExit } from '../../src/storage/close-at-exit.ts';

// What it does when a process really exits is in open-storage-client.test.ts.
test('one listener stands for all that are open, and goes with the last', async () => {
	const before = process.listenerCount('exit');
	const stores = Array.from({ length: 12 }, () => SqliteStore.open(':memory:'));
	const letGo = stores.map((store) => closeAtExit(store));
	expect(process.listenerCount('exit')).toBe(before + 1);
	for (const call of letGo.slice(1)) call();
	expect(process.listenerCount('exit')).toBe(before + 1);
	letGo[0]?.();
	letGo[0]?.();
	expect(process.listenerCount('exit')).toBe(before);
	for (const store of stores) await store.close();
});

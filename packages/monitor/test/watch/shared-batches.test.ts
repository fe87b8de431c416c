import { expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile-filter.ts';
import { EntryRing } from '../../src/history/entry-ring.ts';
import { storedEntry } from '../../src/history/stored-entry.ts';
import { cleanEntry } from '../../src/protocol/clean-entry.ts';
import type { Entries } from '../../src/protocol/watcher-messages.ts';
import { SharedBatches } from '../../src/watch/shared-batches.ts';
import { seeded } from '../seeded.ts';

function publish(ring: EntryRing, text: string): void {
	const entry = cleanEntry({ text }, 0);
	if (entry !== undefined) ring.push(storedEntry(ring.nextId, entry, 'shop'));
}

it('whoever asks, at whatever place and time, gets each entry that passes once', () => {
	const random = seeded();
	const filters = [compileFilter({}), compileFilter({ text: '7' }), compileFilter({ text: 'nothing' })];
	for (let round = 0; round < 30; round++) {
		const ring = new EntryRing(100_000, 100_000_000);
		const batches = new SharedBatches(ring);
		const watchers = Array.from({ length: 12 }, () => ({
			filter: filters[random.whole(0, 2)] ?? compileFilter({}),
			cursor: 0,
			ids: [] as number[],
			isLive: false,
		}));
		let left = random.whole(0, 3_000);
		while (left > 0 || watchers.some(({ isLive }) => !isLive)) {
			if (left > 0 && random.chance(0.4)) {
				const many = Math.min(left, random.whole(1, 400));
				for (let count = 0; count < many; count++)
					publish(ring, `${random.whole(1, 1_000)} ${'x'.repeat(random.whole(0, 600))}`);
				left -= many;
				for (const watcher of watchers) watcher.isLive = false;
			}
			const watcher = watchers[random.whole(0, watchers.length - 1)];
			if (watcher === undefined) continue;
			const { message, last, live, count } = batches.next(watcher.filter, watcher.cursor, () => random.chance(0.2));
			const { entries, ...rest } = JSON.parse(message.toString()) as Entries;
			expect({ rest, count: entries.length }).toEqual({ rest: { type: 'entries', last, live }, count });
			expect(live).toBe(last === ring.newest);
			watcher.ids.push(...entries.map(({ id }) => id));
			watcher.cursor = last;
			watcher.isLive = live;
		}
		for (const { filter, ids } of watchers) {
			const passing = Array.from({ length: ring.newest }, (_, index) => index + 1).filter((id) => {
				const entry = ring.get(id);
				return entry !== undefined && filter.passes(entry);
			});
			expect(ids).toEqual(passing);
		}
	}
});

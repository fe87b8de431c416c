import type { StatusCount, StoreCounts } from '@orbweaver/core/storage-file';

/** What has not been counted. */
const NONE: StoreCounts = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

/** The counts of each key, in the order of its first. */
export function byKey<Key>(counts: readonly StatusCount<Key>[]): Map<Key, StoreCounts> {
	const all = new Map<Key, StoreCounts>();
	for (const { key, status, count } of counts) all.set(key, { ...(all.get(key) ?? NONE), [status]: count });
	return all;
}

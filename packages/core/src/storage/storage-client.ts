import type { CrawleeStorage } from '../crawlee.ts';
import { OrbweaverError } from '../errors.ts';
import { checkText } from './check-argument.ts';
import { DatasetClient } from './dataset-client.ts';
import { KeyValueStoreClient } from './key-value-store-client.ts';
import type { StorageHandle } from './storage-handle.ts';

/**
 * Crawlee's `Dataset` and `KeyValueStore` on our storage: what a handler pushes is what `Dataset.open` shows.
 *
 * It has no queues of Crawlee's: their locks end when the file is closed, and a handle may close it between two calls.
 * They are to be had where the file stays open, with `openStorageClient`.
 */
export function storageClient(storage: StorageHandle): CrawleeStorage.StorageClient {
	return {
		dataset: (id) => new DatasetClient(storage, checkText('id of a dataset', id)),
		datasets: () => ({
			getOrCreate: async (name = 'default') => {
				const { createdAt } = await storage.use((store) => store.openDataset(checkText('name of a dataset', name)));
				return storageInfo(name, createdAt);
			},
			list: async () => {
				const datasets = await storage.use((store) => store.datasets());
				return storageList(
					datasets.map((facts) => ({ ...storageInfo(facts.name, facts.createdAt), itemCount: facts.itemCount })),
				);
			},
		}),
		keyValueStore: (id) => new KeyValueStoreClient(storage, checkText('id of a key-value store', id)),
		keyValueStores: () => ({
			getOrCreate: async (name = 'default') => {
				const { createdAt } = await storage.use((store) =>
					store.openRecords(checkText('name of a key-value store', name)),
				);
				return storageInfo(name, createdAt);
			},
			list: async () => {
				const stores = await storage.use((store) => store.recordStores());
				return storageList(stores.map(({ name, createdAt }) => storageInfo(name, createdAt)));
			},
		}),
		requestQueue: refuseQueue,
		requestQueues: refuseQueue,
	};
}

/** All of it on one page. */
export function storageList<T>(items: T[]): CrawleeStorage.PaginatedList<T> {
	return { total: items.length, count: items.length, offset: 0, limit: items.length, desc: false, items };
}

/** What Crawlee wants to know of a storage. Times that we do not keep are those that we do. */
export function storageInfo(name: string, createdAt: number): CrawleeStorage.DatasetCollectionData {
	const date = new Date(createdAt);
	return { id: name, name, createdAt: date, modifiedAt: date, accessedAt: date };
}

function refuseQueue(): never {
	throw new OrbweaverError(
		'ORB_NO_CRAWLEE_QUEUE',
		"Crawlee's own RequestQueue does not work on the storage of a Crawler; pass a RequestQueue of @orbweaver/core as `requestQueue`, or give Crawlee's crawler a file of its own with openStorageClient.",
	);
}

import type { CrawleeStorage } from '../crawlee.ts';
import { OrbweaverError } from '../errors.ts';
import { DatasetClient } from './dataset-client.ts';
import { KeyValueStoreClient } from './key-value-store-client.ts';
import type { StorageHandle } from './storage-handle.ts';

/** Crawlee's `Dataset` and `KeyValueStore` on our storage: what a handler pushes is what `Dataset.open` shows. */
export function storageClient(storage: StorageHandle): CrawleeStorage.StorageClient {
	return {
		dataset: (id) => new DatasetClient(storage, id),
		datasets: () => ({
			getOrCreate: async (name = 'default') => {
				const { createdAt } = await storage.use((store) => store.openDataset(name));
				return storageInfo(name, createdAt);
			},
			list: async () => {
				const datasets = await storage.use((store) => store.datasets());
				const items = datasets.map((facts) => ({
					...storageInfo(facts.name, facts.createdAt),
					itemCount: facts.itemCount,
				}));
				return { total: items.length, count: items.length, offset: 0, limit: items.length, items };
			},
		}),
		keyValueStore: (id) => new KeyValueStoreClient(storage, id),
		keyValueStores: () => ({
			getOrCreate: async (name = 'default') => {
				const { createdAt } = await storage.use((store) => store.openRecords(name));
				return storageInfo(name, createdAt);
			},
			list: async () => {
				const stores = await storage.use((store) => store.recordStores());
				const items = stores.map(({ name, createdAt }) => storageInfo(name, createdAt));
				return { total: items.length, count: items.length, offset: 0, limit: items.length, items };
			},
		}),
		requestQueue: refuseQueue,
		requestQueues: refuseQueue,
	};
}

/** What Crawlee wants to know of a storage. Times that we do not keep are those that we do. */
export function storageInfo(name: string, createdAt: number): CrawleeStorage.DatasetCollectionData {
	const date = new Date(createdAt);
	return { id: name, name, createdAt: date, modifiedAt: date, accessedAt: date };
}

function refuseQueue(): never {
	throw new OrbweaverError(
		'ORB_NO_CRAWLEE_QUEUE',
		"Crawlee's own RequestQueue does not work on this storage; pass a RequestQueue of @orbweaver/core as `requestQueue`.",
	);
}

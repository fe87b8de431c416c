import type { CrawlStore } from '../store/crawl-store.ts';

/** The name of what is opened without a name. */
const DEFAULT = 'default';
/** What a purge leaves in the key-value store: the input of the run that is about to begin. */
const INPUT = 'INPUT';

/**
 * Empties Crawlee's default storages, as a crawler of Crawlee's does before its first run: the request queue, the dataset,
 * and the key-value store but for its `INPUT`. What has a name of its own is left alone.
 *
 * In a file that holds a crawl of ours, the default dataset and key-value store are that crawl's too: they are left alone,
 * as its requests always are.
 */
export async function purgeDefaults(store: CrawlStore): Promise<void> {
	const isShared = Object.values(store.counts()).some((count) => count > 0);
	const input = await store.getRecord(DEFAULT, INPUT);
	// Asked for at once, so that all of it is one transaction: whole or not at all.
	const changes = [store.crawleeQueues.drop(DEFAULT)];
	if (!isShared) changes.push(store.dropDataset(DEFAULT), store.dropRecords(DEFAULT));
	if (!isShared && input !== undefined) changes.push(store.setRecord(DEFAULT, input));
	await Promise.all(changes);
}

import type { CrawleeStorage } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import { requireKnown } from '../require-known.ts';
import { SqliteStore, type SqliteStoreOptions } from '../sqlite/sqlite-store.ts';
import { checkText } from './check-argument.ts';
import { closeAtExit } from './close-at-exit.ts';
import { purgeDefaults } from './purge-defaults.ts';
import { QueueClients } from './queue-clients.ts';
import { queueInfo, RequestQueueClient } from './request-queue-client.ts';
import { storageClient, storageList } from './storage-client.ts';
import { StorageHandle } from './storage-handle.ts';

/** A storage file as Crawlee's own crawlers use it. The file is theirs until it is disposed of. */
export type FileStorageClient = CrawleeStorage.StorageClient & AsyncDisposable;

/**
 * Opens a storage file for Crawlee's own crawlers: `new Configuration({ storageClient: openStorageClient(path) })`. Their
 * request queues, datasets and key-value stores are then in that one file. It stays open, and closed to everybody else,
 * until the client is disposed of or the process ends.
 *
 * What a process that died was working on is free as soon as the file is opened again. Crawlee stores what a page pushes
 * and enqueues at once, not with the page: a page that was interrupted is crawled again, and its rows may be there twice.
 *
 * Like every storage of Crawlee's, it is emptied of what has no name before the first run, unless `purgeOnStart: false`
 * (`CRAWLEE_PURGE_ON_START=0`) says not to. A crawl of `Crawler` in the same file is never touched: its requests are its
 * own, and where there are any, the default dataset and key-value store, which are its too, are not emptied either.
 *
 * @param path the file, made when it is missing; `':memory:'` for none.
 * @param options `durability`: what a change survives; `'normal'`, the default: a killed process, `'full'`: a power cut
 * too.
 * @throws InvalidOptionError for an option that cannot be used.
 * @throws StorageError when the file is not ours, from a newer version, in use, or cannot be opened.
 */
export function openStorageClient(path: string, options: SqliteStoreOptions = {}): FileStorageClient {
	checkText('path of a storage', path);
	requireKnown('openStorageClient', options, ['durability']);
	const { durability = 'normal' } = options;
	if (durability !== 'normal' && durability !== 'full') {
		throw new InvalidOptionError(`durability must be 'normal' or 'full', not ${JSON.stringify(durability)}.`);
	}
	const store = SqliteStore.open(path, { durability });
	const letGo = closeAtExit(store);
	const storage = new StorageHandle(store);
	const clients = new QueueClients();
	return {
		...storageClient(storage),
		requestQueue: (id, { clientKey } = {}) =>
			new RequestQueueClient(storage, clients, checkText('id of a request queue', id), clientKey),
		requestQueues: () => ({
			getOrCreate: async (name = 'default') =>
				queueInfo(await store.crawleeQueues.open(checkText('name of a request queue', name)), clients),
			list: async () => storageList((await store.crawleeQueues.list()).map((facts) => queueInfo(facts, clients))),
		}),
		purge: () => purgeDefaults(store),
		// After all that was asked for before, awaited or not. A crawler has ended, and Crawlee forgets to give back what it
		// has locked in advance: the next one would wait minutes for it.
		teardown: () => store.crawleeQueues.freeReserved(),
		async [Symbol.asyncDispose]() {
			letGo();
			await store.close();
		},
	};
}

import type { CrawleeStorage } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { CrawleeLock, CrawleeQueueFacts, CrawleeQueueStore, PlaceInQueue } from '../store/crawlee-queue-store.ts';
import { checkCount, checkText } from './check-argument.ts';
import { fromStoredRequest, toStoredRequest } from './crawlee-request-json.ts';
import type { QueueClients } from './queue-clients.ts';
import { storageInfo } from './storage-client.ts';
import type { StorageHandle } from './storage-handle.ts';

interface Place {
	readonly forefront?: boolean;
}

/** How many requests Crawlee asks for when it does not say. */
const HEAD_LIMIT = 100;
const LOCK_LIMIT = 25;

/** One request queue, as Crawlee's `RequestQueue` talks to it: with locks (its second version) or without (its first). */
export class RequestQueueClient implements CrawleeStorage.RequestQueueClient {
	readonly #storage: StorageHandle;
	readonly #clients: QueueClients;
	readonly #clientKey: string | undefined;
	#name: string;

	/** @param clientKey whose locks are meant; those who give none are one client. */
	constructor(storage: StorageHandle, clients: QueueClients, name: string, clientKey?: string) {
		this.#storage = storage;
		this.#clients = clients;
		this.#name = name;
		this.#clientKey = clientKey;
		if (clientKey !== undefined) clients.add(name, checkText('clientKey of a request queue', clientKey));
	}

	async get(): Promise<CrawleeStorage.RequestQueueInfo | undefined> {
		const facts = await this.#use((queues) => queues.find(this.#name));
		return facts && queueInfo(facts, this.#clients);
	}

	/**
	 * Gives the queue another name, which is its id as well.
	 *
	 * @throws InvalidOptionError when a queue of that name is there.
	 */
	async update({ name }: { name?: string }): Promise<Partial<CrawleeStorage.RequestQueueInfo> | undefined> {
		if (name === undefined || name === this.#name) return this.get();
		checkText('name of a request queue', name);
		if (await this.#use((queues) => queues.rename(this.#name, name))) {
			this.#clients.forget(this.#name);
			this.#name = name;
			if (this.#clientKey !== undefined) this.#clients.add(name, this.#clientKey);
		} else if (await this.get()) {
			throw new InvalidOptionError(`there is a request queue "${name}" already; choose another name.`);
		}
		return this.get();
	}

	async delete(): Promise<void> {
		this.#clients.forget(this.#name);
		await this.#use((queues) => queues.drop(this.#name));
	}

	async listHead({ limit = HEAD_LIMIT }: CrawleeStorage.ListOptions = {}): Promise<CrawleeStorage.QueueHead> {
		const head = await this.#use((queues) => queues.head(this.#name, checkCount('limit', limit)));
		return this.#head(limit, head);
	}

	async listAndLockHead(options: CrawleeStorage.ListAndLockOptions): Promise<CrawleeStorage.ListAndLockHeadResult> {
		const { limit = LOCK_LIMIT, lockSecs } = options;
		const count = checkCount('limit', limit);
		const lock = this.#lock(lockSecs);
		const { requests, hasLocked } = await this.#use((queues) => queues.lockHead(this.#name, count, lock));
		return { ...(await this.#head(limit, requests)), lockSecs, queueHasLockedRequests: hasLocked };
	}

	async addRequest(
		request: CrawleeStorage.RequestSchema,
		options: CrawleeStorage.RequestOptions = {},
	): Promise<CrawleeStorage.QueueOperationInfo> {
		const { processedRequests } = await this.batchAddRequests([request], options);
		const [{ uniqueKey: _, ...info }] = processedRequests as [CrawleeStorage.ProcessedRequest];
		return info;
	}

	async batchAddRequests(
		requests: CrawleeStorage.RequestSchema[],
		options: CrawleeStorage.RequestOptions = {},
	): Promise<CrawleeStorage.BatchAddRequestsResult> {
		const stored = requests.map(toStoredRequest);
		const known = await this.#use((queues) => queues.add(this.#name, stored, placeOf(options)));
		const processedRequests = requests.map(({ uniqueKey }, index) => ({
			uniqueKey,
			requestId: stored[index]?.id as string,
			wasAlreadyPresent: known[index]?.wasAlreadyPresent as boolean,
			wasAlreadyHandled: known[index]?.wasAlreadyHandled as boolean,
		}));
		return { processedRequests, unprocessedRequests: [] };
	}

	async getRequest(id: string): Promise<CrawleeStorage.RequestOptions | undefined> {
		const json = await this.#use((queues) => queues.get(this.#name, checkText('id of a request', id)));
		return json === undefined ? undefined : { ...fromStoredRequest(json) };
	}

	async updateRequest(
		request: CrawleeStorage.UpdateRequestSchema,
		options: CrawleeStorage.RequestOptions = {},
	): Promise<CrawleeStorage.QueueOperationInfo> {
		const stored = toStoredRequest(request);
		const known = await this.#use((queues) => queues.update(this.#name, stored, placeOf(options)));
		return { requestId: stored.id, ...known };
	}

	async deleteRequest(id: string): Promise<void> {
		await this.#use((queues) => queues.remove(this.#name, checkText('id of a request', id)));
	}

	/** @throws Error when the request is not this client's to lock; Crawlee then leaves it to whose it is. */
	async prolongRequestLock(
		id: string,
		options: CrawleeStorage.ProlongRequestLockOptions,
	): Promise<CrawleeStorage.ProlongRequestLockResult> {
		checkText('id of a request', id);
		const lock = this.#lock(options.lockSecs);
		const isOurs = await this.#use((queues) => queues.prolongLock(this.#name, id, lock, placeOf(options)));
		if (!isOurs)
			throw new Error(`the request ${id} of the queue "${this.#name}" is missing, handled or somebody else's.`);
		return { lockExpiresAt: new Date(lock.until) };
	}

	/** @throws Error when this client has no lock on the request. */
	async deleteRequestLock(id: string, options: CrawleeStorage.DeleteRequestLockOptions = {}): Promise<void> {
		checkText('id of a request', id);
		const client = this.#clientKey;
		const wasOurs = await this.#use((queues) => queues.unlock(this.#name, id, client, placeOf(options)));
		if (!wasOurs) throw new Error(`the request ${id} of the queue "${this.#name}" is not locked by this client.`);
	}

	async #head(limit: number, requests: readonly { json: string }[]): Promise<CrawleeStorage.QueueHead> {
		const facts = await this.#use((queues) => queues.find(this.#name));
		return {
			limit,
			queueModifiedAt: new Date(facts?.modifiedAt ?? 0),
			hadMultipleClients: this.#clients.areMultiple(this.#name),
			items: requests.map(({ json }) => headItem(fromStoredRequest(json))),
		};
	}

	#lock(lockSecs: number): CrawleeLock {
		if (!Number.isFinite(lockSecs) || lockSecs <= 0) {
			throw new InvalidOptionError(`lockSecs must be a number of seconds above 0, not ${lockSecs}.`);
		}
		return { until: Math.ceil(Date.now() + lockSecs * 1_000), client: this.#clientKey };
	}

	#use<T>(work: (queues: CrawleeQueueStore) => Promise<T>): Promise<T> {
		return this.#storage.use((store) => work(store.crawleeQueues));
	}
}

/** What Crawlee wants to know of a queue. */
export function queueInfo(facts: CrawleeQueueFacts, clients: QueueClients): CrawleeStorage.RequestQueueInfo {
	const { name, createdAt, modifiedAt, totalCount, handledCount } = facts;
	return {
		...storageInfo(name, createdAt),
		modifiedAt: new Date(modifiedAt),
		totalRequestCount: totalCount,
		handledRequestCount: handledCount,
		pendingRequestCount: totalCount - handledCount,
		hadMultipleClients: clients.areMultiple(name),
	};
}

function headItem(request: CrawleeStorage.UpdateRequestSchema): CrawleeStorage.RequestQueueHeadItem {
	const { id, uniqueKey, url, method = 'GET', retryCount = 0 } = request;
	return { id, uniqueKey, url, method, retryCount };
}

function placeOf({ forefront }: Place): PlaceInQueue {
	return { forefront: forefront === true };
}

import type { Request } from '../crawlee.ts';
import type { NewRequest } from '../store/crawl-store.ts';
import { detachedSources } from './detached-source.ts';
import type { RequestSource } from './new-request.ts';

/** The answer to one addition, as Crawlee gives it. */
export interface QueueOperationInfo {
	requestId: string;
	uniqueKey: string;
	wasAlreadyPresent: boolean;
	wasAlreadyHandled: boolean;
}

/** Requests to add, from any iterable, however long. */
export type Sources = Iterable<string | RequestSource | Request> | AsyncIterable<string | RequestSource | Request>;

/** The answer to many additions, as Crawlee gives it. */
export interface AddedBatches {
	addedRequests: QueueOperationInfo[];
	/** Nothing is left to wait for: everything was added before the answer. */
	waitForAllRequestsToBeAdded: Promise<QueueOperationInfo[]>;
	/** What was not added because `maxNewRequests` were new already; missing when there is none. */
	requestsOverLimit?: (string | RequestSource | Request)[];
}

/** How many are stored together, how many new ones at most, and by whom. */
export interface BatchOptions {
	readonly batchSize?: number;
	readonly maxNewRequests?: number | undefined;
	toRequest(source: string | RequestSource | Request): NewRequest;
	add(requests: readonly NewRequest[]): Promise<QueueOperationInfo[]>;
}

/** Adds requests batch by batch, so that no more than one batch is in memory. */
export async function addBatched(sources: Sources, options: BatchOptions): Promise<AddedBatches> {
	const { batchSize = 1_000, maxNewRequests = Number.POSITIVE_INFINITY } = options;
	const addedRequests: QueueOperationInfo[] = [];
	const requestsOverLimit: (string | RequestSource | Request)[] = [];
	let batch: NewRequest[] = [];
	let newRequests = 0;
	const storeBatch = async (): Promise<void> => {
		const added = await options.add(batch);
		batch = [];
		newRequests += added.filter((info) => !info.wasAlreadyPresent).length;
		for (const info of added) addedRequests.push(info);
	};
	for await (const source of detachedSources(sources)) {
		// The batch may hold known ones, which do not count: only storing it tells.
		if (newRequests + batch.length >= maxNewRequests && batch.length > 0) await storeBatch();
		if (newRequests >= maxNewRequests) {
			requestsOverLimit.push(source);
			continue;
		}
		batch.push(options.toRequest(source));
		if (batch.length >= batchSize) await storeBatch();
	}
	await storeBatch();
	return {
		addedRequests,
		waitForAllRequestsToBeAdded: Promise.resolve([]),
		...(requestsOverLimit.length > 0 && { requestsOverLimit }),
	};
}

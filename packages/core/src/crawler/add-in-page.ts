import type { AddedBatches, QueueOperationInfo, Sources } from '../queue/add-batched.ts';
import { detachedSources } from '../queue/detached-source.ts';
import { toNewRequest } from '../queue/new-request.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import type { PageWrites } from '../storage/page-writes.ts';

/** What `crawler.addRequests` of a handler needs to know. */
export interface AddInPage {
	readonly page: PageWrites;
	readonly keys: UrlKeys;
	readonly forefront?: boolean | undefined;
	/** True when the key is surely stored already. */
	isKnown(uniqueKey: string): boolean;
}

/** Adds requests to the transaction of a page: they are stored with it, or not at all. They have no ids before that. */
export async function addInPage(
	sources: Sources,
	{ page, keys, forefront, isKnown }: AddInPage,
): Promise<AddedBatches> {
	const addedRequests: QueueOperationInfo[] = [];
	// What is in a list is taken as it is at the call: a caller that does not wait may go on to change it.
	for await (const source of detachedSources(sources)) {
		const request = toNewRequest(source, keys, { forefront, parentId: page.pageId });
		const { uniqueKey } = request;
		const wasAlreadyPresent = isKnown(uniqueKey) || !page.addRequest(request);
		addedRequests.push({ requestId: '', uniqueKey, wasAlreadyPresent, wasAlreadyHandled: false });
	}
	return { addedRequests, waitForAllRequestsToBeAdded: Promise.resolve([]) };
}

import { createHash } from 'node:crypto';
import type { CrawleeStorage } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { NewCrawleeRequest } from '../store/crawlee-queue-store.ts';
import { checkText } from './check-argument.ts';

/** How long Crawlee's request ids are, in characters. */
const ID_LENGTH = 15;

/**
 * The id of the request with this key: as `@crawlee/memory-storage` and Apify make it, so that a request has the same one
 * in every storage.
 */
export function crawleeRequestId(uniqueKey: string): string {
	const digest = createHash('sha256').update(uniqueKey).digest('base64');
	return digest.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, ID_LENGTH);
}

/**
 * A request as it goes into the store.
 *
 * @throws InvalidOptionError when it has no address or key, or an id that is another request's.
 */
export function toStoredRequest(request: CrawleeStorage.RequestSchema): NewCrawleeRequest {
	checkText('url of a request', request.url);
	const id = crawleeRequestId(checkText('uniqueKey of a request', request.uniqueKey));
	if (request.id !== undefined && request.id !== id) {
		throw new InvalidOptionError(
			`the request "${request.uniqueKey}" has the id ${id}, not ${request.id}; leave \`id\` out.`,
		);
	}
	const payload: unknown = request.payload;
	// JSON knows no bytes, and a request may carry them.
	const bytes = payload instanceof Uint8Array && { payload: { base64: Buffer.from(payload).toString('base64') } };
	// A spread and not the request itself: what Crawlee hides in it is in what it shows.
	return { id, json: JSON.stringify({ ...request, id, ...bytes }), isHandled: Boolean(request.handledAt) };
}

/** A request as Crawlee makes one of it. */
export function fromStoredRequest(json: string): CrawleeStorage.UpdateRequestSchema {
	const { payload, ...request } = JSON.parse(json) as Record<string, unknown>;
	// Crawlee takes a field that is missing, but none that is null.
	const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null));
	const isBytes = typeof payload === 'object' && payload !== null && 'base64' in payload;
	const known = isBytes ? Buffer.from(payload.base64 as string, 'base64') : payload;
	return { ...given, ...(known != null && { payload: known }) } as unknown as CrawleeStorage.UpdateRequestSchema;
}

import { RequestState, SessionError } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import { toNewRequest } from '../queue/new-request.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import { shown } from '../shown.ts';
import type { RequestData } from '../store/crawl-store.ts';
import type { PageRun } from './page-run.ts';

/** What is stored of a request for its next try. */
export interface NextTry {
	readonly retryCount: number;
	readonly data: RequestData;
}

/**
 * The request as the next try gets it: handlers may have changed it.
 *
 * @throws InvalidOptionError when they left something in it that cannot be stored.
 */
export function nextTry({ ticket, request }: PageRun, error: Error, keys: UrlKeys): NextTry {
	const retryCount: number = request.retryCount + 1;
	if (!isCount(request.retryCount) || !isCount(retryCount)) {
		throw new InvalidOptionError(
			`retryCount of the request for ${ticket.request.url} must be a whole number of at least 0, got ${shown(request.retryCount)}.`,
		);
	}
	request.retryCount = retryCount;
	const isOfSession = error instanceof SessionError;
	if (isOfSession) request.sessionRotationCount = (request.sessionRotationCount ?? 0) + 1;
	const { data } = toNewRequest(request, keys);
	// Its redirects and its session are not Crawlee's to know.
	const { redirectedFrom, sessionId } = ticket.request.data ?? {};
	const own = {
		...(redirectedFrom && { redirectedFrom }),
		...(sessionId !== undefined && !isOfSession && { sessionId }),
	};
	return { retryCount, data: { ...data, ...own } };
}

/** How often the request was tried again, whatever a handler has made of its count. */
export function retryCountOf({ ticket, request }: PageRun): number {
	return isCount(request.retryCount) ? request.retryCount : ticket.request.retryCount;
}

/** Keeps the message in the request, even in one that a handler has made something else of. */
export function noteError(request: PageRun['request'], error: Error): void {
	onRequest(() => {
		if (!Array.isArray(request.errorMessages)) request.errorMessages = [];
		request.pushErrorMessage(error);
	});
}

/** Tells Crawlee's part of the request how far it is. */
export function noteState(request: PageRun['request'], state: 'REQUEST_HANDLER' | 'DONE' | 'ERROR'): void {
	onRequest(() => {
		request.state = RequestState[state];
	});
}

/** A handler may have frozen its request; then it is as the handler wants it. */
function onRequest(change: () => void): void {
	try {
		change();
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
}

function isCount(value: unknown): boolean {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

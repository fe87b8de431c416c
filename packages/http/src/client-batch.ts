import { type BatchProgress, runBatch } from './batch/run-batch.ts';
import { optionalFunction } from './check-functions.ts';
import { requireKnownNames } from './check-names.ts';
import { flag } from './check-numbers.ts';
import { optionalSignal } from './check-signal.ts';
import { InvalidRequestError } from './errors.ts';
import { kindOf } from './kind-of.ts';
import { REQUEST_OPTION_NAMES, type RequestOptions } from './request-options.ts';
import type { HttpResponse } from './response/http-response.ts';

/** A request of a batch: a URL, or a URL with its options. */
export type BatchRequest = string | URL | DetailedBatchRequest;

/** A request of a batch with its options. */
export interface DetailedBatchRequest extends Omit<RequestOptions, 'signal'> {
	readonly url: string | URL;
	/** Default `GET`. */
	readonly method?: string;
	/** Yours: it comes back with the result, untouched. */
	readonly data?: unknown;
}

/**
 * What became of one request. `ok` says that there is an answer, whatever its status (`response.ok` is about that); its
 * body has been read. An `error` is an HttpError, unless a function of yours threw something else.
 */
export type BatchResult<Request extends BatchRequest = BatchRequest> =
	| { readonly ok: true; readonly index: number; readonly request: Request; readonly response: HttpResponse }
	| { readonly ok: false; readonly index: number; readonly request: Request; readonly error: Error };

/** How a batch runs. */
export interface BatchOptions {
	/** Requests under way at once; results that nobody has taken yet count too. Default: the client's `limits.total`. */
	readonly concurrency?: number;
	/** Results in the order of the requests, instead of as they come. Default false. */
	readonly ordered?: boolean;
	/** Ends the batch: what is under way is aborted. */
	readonly signal?: AbortSignal;
	/** Told after each result. */
	readonly onProgress?: (progress: BatchProgress) => void;
}

/** Its signal is that of the batch. */
const NAMES: readonly string[] = ['url', 'method', 'data', ...REQUEST_OPTION_NAMES.filter((name) => name !== 'signal')];

/** Makes one request of the batch and reads its body. */
type Fetch = (method: string, url: string | URL, options: RequestOptions) => Promise<HttpResponse>;

/** What a batch needs of its client. */
interface BatchContext {
	/** Where the options say nothing. */
	readonly concurrency: number;
	readonly fetch: Fetch;
	refuseWhenClosed(): void;
}

/** Runs requests, however many, and gives out what became of each; see `HttpClient.batch`. */
export async function* clientBatch<Request extends BatchRequest>(
	requests: Iterable<Request> | AsyncIterable<Request>,
	options: BatchOptions,
	{ concurrency, fetch, refuseWhenClosed }: BatchContext,
): AsyncGenerator<BatchResult<Request>, void> {
	requireKnownNames('batch', options, ['concurrency', 'ordered', 'signal', 'onProgress']);
	optionalFunction('batch.onProgress', options.onProgress);
	optionalSignal('batch.signal', options.signal);
	flag('batch.ordered', options.ordered ?? false);
	if (!isList(requests)) {
		const given = typeof requests === 'string' ? 'one string' : `a value that is ${kindOf(requests)}`;
		throw new InvalidRequestError(`batch was given ${given}: give a list of requests, such as [url].`);
	}
	const open = whileOpen(requests, refuseWhenClosed);
	const results = runBatch(open, (request, _index, signal) => send(request, signal, fetch), {
		...options,
		concurrency: options.concurrency ?? concurrency,
	});
	for await (const { index, input: request, ...outcome } of results) {
		yield outcome.ok
			? { ok: true, index, request, response: outcome.value }
			: { ok: false, index, request, error: errorOf(outcome.error) };
	}
}

function isList(requests: unknown): boolean {
	if (typeof requests !== 'object' || requests === null) return false;
	return Symbol.asyncIterator in requests || Symbol.iterator in requests;
}

/** Ends with the client: else a batch over an endless list would go on failing for ever. */
function whileOpen<Request>(
	requests: Iterable<Request> | AsyncIterable<Request>,
	refuseWhenClosed: () => void,
): Iterable<Request> | AsyncIterable<Request> {
	if (Symbol.asyncIterator in requests) {
		return (async function* () {
			refuseWhenClosed();
			for await (const request of requests) {
				yield request;
				refuseWhenClosed();
			}
		})();
	}
	return (function* () {
		refuseWhenClosed();
		for (const request of requests) {
			yield request;
			refuseWhenClosed();
		}
	})();
}

async function send(request: BatchRequest, signal: AbortSignal, fetch: Fetch): Promise<HttpResponse> {
	if (typeof request === 'string' || request instanceof URL) return await fetch('GET', request, { signal });
	requireKnownNames('The request', request, NAMES);
	const { url, method = 'GET', data: _, ...options } = request;
	return await fetch(method, url, { ...options, signal });
}

function errorOf(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error), { cause: error });
}

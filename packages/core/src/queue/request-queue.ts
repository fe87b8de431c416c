import { type Request, RequestState } from '../crawlee.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import { decideRetry } from '../retry/retry.ts';
import type { LeasedRequest, PageOutcome } from '../store/crawl-store.ts';
import { type AddedBatches, addBatched, type QueueOperationInfo, type Sources } from './add-batched.ts';
import { CrawlQueue } from './crawl-queue.ts';
import { toCrawleeRequest } from './crawlee-request.ts';
import { type AddedFrom, type RequestSource, toNewRequest } from './new-request.ts';
import type { RequestQueueOptions } from './request-queue-options.ts';

/** How often a request is put off because its robots.txt cannot be had, before it fails. Crawlee's default of retries. */
const MOST_REFUSALS = 3;

/**
 * The queue of a crawl: every request once, in a file, each domain at its own pace.
 *
 * An addition is answered when it is stored for good. A request is handed out only when its domain may be asked at this
 * moment: when robots.txt allows it and the domain's limits have a turn for it. So `fetchNextRequest` answers null
 * while every domain has to wait; `isFinished` tells whether that is the end.
 *
 * It has the methods that Crawlee's crawlers expect of a queue: pass it as `requestQueue` to any of them.
 */
export class RequestQueue extends CrawlQueue {
	/** Crawlee drops a queue of the name "default" before a second run. Ours is kept, so it goes by another. */
	readonly name = 'orbweaver';

	/** Opens a queue. The same as `new RequestQueue(options)`, for those who write it as Crawlee does. */
	static async open(options: RequestQueueOptions = {}): Promise<RequestQueue> {
		return new RequestQueue(options);
	}

	/** Adds one request; answers when it is stored. */
	async addRequest(source: string | RequestSource | Request, options: AddedFrom = {}): Promise<QueueOperationInfo> {
		const [added] = await this.addNew([toNewRequest(source, this.keys, options)]);
		return added as QueueOperationInfo;
	}

	/** Adds requests; answers when all of them are stored. */
	async addRequests(
		sources: Sources,
		options: AddedFrom = {},
	): Promise<{ processedRequests: QueueOperationInfo[]; unprocessedRequests: never[] }> {
		const { addedRequests } = await this.addRequestsBatched(sources, options);
		return { processedRequests: addedRequests, unprocessedRequests: [] };
	}

	/**
	 * Adds requests from any iterable, however long, in bounded memory. Unlike Crawlee's it waits for all of them: what
	 * was answered is stored.
	 *
	 * @param options `batchSize`: how many are stored together, default 1,000. `maxNewRequests`: how many new ones are
	 * stored at most; the others are answered as `requestsOverLimit`.
	 */
	async addRequestsBatched(
		sources: Sources,
		options: AddedFrom & { batchSize?: number; maxNewRequests?: number | undefined } = {},
	): Promise<AddedBatches> {
		return addBatched(sources, {
			...options,
			toRequest: (source) => toNewRequest(source, this.keys, options),
			add: (requests) => this.addNew(requests),
		});
	}

	/** The next request that may go out now, or null when every domain has to wait or nothing is left. */
	async fetchNextRequest(): Promise<Request | null> {
		for (;;) {
			const ticket = this.take();
			if (ticket === undefined) return null;
			const refusal = this.refusalOf(ticket);
			if (refusal === undefined) {
				// A crawler of Crawlee's does not tell when it sends: the moment of handing out has to do.
				ticket.lane.sent(ticket);
				return toCrawleeRequest(ticket.request);
			}
			const refused = toCrawleeRequest(ticket.request);
			refused.pushErrorMessage(refusal);
			refused.retryCount++;
			await this.#reclaim(ticket, refused, refusal, MOST_REFUSALS);
		}
	}

	/** The work on the request is done, well or not: it does not come back. */
	async markRequestHandled(request: Request): Promise<QueueOperationInfo | null> {
		const ticket = this.taken(request);
		if (ticket === undefined) return null;
		await this.commit(ticket, {
			id: ticket.request.id,
			retryCount: request.retryCount,
			outcome: outcomeOf(request),
			requests: [],
			items: [],
		});
		return { ...operationInfo(request, ticket.request), wasAlreadyHandled: true };
	}

	/** The request goes back and is handed out again after a wait that grows with its `retryCount`. */
	async reclaimRequest(request: Request, _options: AddedFrom = {}): Promise<QueueOperationInfo | null> {
		const ticket = this.taken(request);
		if (ticket === undefined) return null;
		const error = new Error(request.errorMessages?.at(-1) ?? 'failed');
		await this.#reclaim(ticket, request, error, Number.POSITIVE_INFINITY);
		return operationInfo(request, ticket.request);
	}

	/** True when nothing may be handed out at this moment. */
	async isEmpty(): Promise<boolean> {
		this.begin();
		return !this.isReady;
	}

	/** True when nothing waits and nothing is being worked on. */
	async isFinished(): Promise<boolean> {
		this.begin();
		return this.isDone;
	}

	/** How many requests are done, well or not. */
	async handledCount(): Promise<number> {
		const { handled, failed, skipped, redirected } = this.counts();
		return handled + failed + skipped + redirected;
	}

	/** How many requests there are, done ones included. */
	getTotalCount(): number {
		return Object.values(this.counts()).reduce((sum, count) => sum + count, 0);
	}

	/** How many requests are not done. */
	getPendingCount(): number {
		const { waiting, delayed, leased } = this.counts();
		return waiting + delayed + leased;
	}

	async getInfo(): Promise<{ totalRequestCount: number; handledRequestCount: number; pendingRequestCount: number }> {
		return {
			totalRequestCount: this.getTotalCount(),
			handledRequestCount: await this.handledCount(),
			pendingRequestCount: this.getPendingCount(),
		};
	}

	/** Removes all requests and results of the storage. To be called while none is being worked on. */
	async drop(): Promise<void> {
		await this.store.clear();
		this.forgetAll();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
		for (;;) {
			const request = await this.fetchNextRequest();
			if (request === null) return;
			yield request;
		}
	}

	async #reclaim(ticket: Ticket, request: Request, error: Error, maxRetries: number): Promise<void> {
		// The count is that of the coming try; the wait grows with those that failed before this one.
		const failed = { error, retryCount: Math.max(0, request.retryCount - 1), maxRetries, noRetry: false };
		const now = Date.now();
		const decision = decideRetry(failed, this.retry, { now, random: Math.random() });
		await this.commit(ticket, {
			id: ticket.request.id,
			retryCount: request.retryCount,
			outcome:
				decision.action === 'fail'
					? { status: 'failed', error: error.message }
					: {
							status: 'delayed',
							notBefore: now + decision.delayMs,
							retryCount: request.retryCount,
							error: error.message,
							data: toNewRequest(request, this.keys).data,
						},
			requests: [],
			items: [],
		});
	}
}

/** Crawlee marks requests as handled that were given up or left out too; their state tells. */
function outcomeOf(request: Request): PageOutcome {
	if (request.state === RequestState.ERROR_HANDLER || request.state === RequestState.ERROR) {
		return { status: 'failed', error: request.errorMessages.at(-1) ?? 'failed' };
	}
	if (request.state === RequestState.SKIPPED) return { status: 'skipped', reason: 'robotsTxt' };
	return { status: 'handled', loadedUrl: request.loadedUrl };
}

function operationInfo(request: Request, { id }: LeasedRequest): QueueOperationInfo {
	return { requestId: String(id), uniqueKey: request.uniqueKey, wasAlreadyPresent: true, wasAlreadyHandled: false };
}

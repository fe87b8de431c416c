import { HttpClient } from '@orbweaver/http';
import { log as crawleeLog, type Log, type Request } from '../crawlee.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import { type DomainLimitsOptions, domainLimitsResolver } from '../lanes/domain-limits.ts';
import type { PaceSignal } from '../lanes/slow-down.ts';
import { DEFAULT_RETRY, decideRetry, type RetryOptions } from '../retry/retry.ts';
import { fetchRobots } from '../robots/fetch-robots.ts';
import { productToken } from '../robots/product-token.ts';
import { RobotsCache } from '../robots/robots-cache.ts';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { CrawlStore, LeasedRequest, NewRequest, PageCommit, StoreCounts } from '../store/crawl-store.ts';
import { DEFAULT_USER_AGENT } from '../user-agent.ts';
import { toCrawleeRequest } from './crawlee-request.ts';
import { Dispatcher } from './dispatcher.ts';
import { KnownUrls } from './known-urls.ts';
import { type AddedFrom, type RequestSource, toNewRequest } from './new-request.ts';
import { OPEN_GATE, robotsGate } from './robots-gate.ts';

export interface RequestQueueOptions {
	/** The path of the storage file, or `':memory:'`. Default `'storage/default.sqlite'`. */
	readonly storage?: string;
	/** A store that is open already; it stays open when the queue is closed. */
	readonly store?: CrawlStore;
	/** How domains are treated. Default: eight requests at a time, no spacing. */
	readonly domainLimits?: DomainLimitsOptions;
	/** When failed requests come back. */
	readonly retry?: RetryOptions;
	/** Whether robots.txt is kept to; an object names the user agent to look for. Default true. */
	readonly respectRobotsTxtFile?: boolean | { readonly userAgent?: string };
	/** What robots.txt is fetched as. Default: Orbweaver's own name. */
	readonly userAgent?: string;
	/** A client for robots.txt; it stays open when the queue is closed. Default: one of the queue's own. */
	readonly httpClient?: HttpClient;
	/** The longest crawl-delay that is kept to, in seconds. Default 300. */
	readonly maxCrawlDelaySecs?: number;
	/** How many domains may be on their way at once; the others wait in the store. Default 2,000. */
	readonly maxActiveDomains?: number;
	/** Called for each request that is skipped, after that was stored. */
	readonly onSkippedRequest?: (skipped: { url: string; reason: 'robotsTxt' }) => void;
	readonly log?: Log;
}

/** How many finished pages may wait to be stored; they are in memory until then. */
const MOST_UNSTORED = 256;

/** The answer to one addition, as Crawlee gives it. */
export interface QueueOperationInfo {
	requestId: string;
	uniqueKey: string;
	wasAlreadyPresent: boolean;
	wasAlreadyHandled: boolean;
}

/**
 * The queue of a crawl: every request once, in a file, each domain at its own pace.
 *
 * An addition is answered when it is stored for good. A request is handed out only when its domain may be asked at this
 * moment: when robots.txt allows it and the domain's limits have a turn for it. So `fetchNextRequest` answers null
 * while every domain has to wait; `isFinished` tells whether that is the end.
 *
 * It has the methods that Crawlee's crawlers expect of a queue: pass it as `requestQueue` to any of them.
 */
export class RequestQueue implements AsyncDisposable {
	/** Crawlee drops a queue of this name before a second run. Ours is kept, so it goes by another. */
	readonly name = 'orbweaver';
	readonly store: CrawlStore;
	readonly #dispatcher: Dispatcher;
	readonly #known = new KnownUrls();
	readonly #taken = new Map<string, Ticket>();
	readonly #retry: Required<RetryOptions>;
	readonly #ownedStore: CrawlStore | undefined;
	readonly #ownedClient: HttpClient | undefined;
	#started = false;
	#unstored = 0;
	#failure: unknown;
	/** Called when there may be something to take, or nothing is left to do. Set by whoever polls the queue. */
	onChange: () => void = () => {};

	constructor(options: RequestQueueOptions = {}) {
		const domainLimits = domainLimitsResolver(options.domainLimits);
		const userAgent = options.userAgent ?? DEFAULT_USER_AGENT;
		this.#ownedStore = options.store ? undefined : SqliteStore.open(options.storage ?? 'storage/default.sqlite');
		this.store = options.store ?? (this.#ownedStore as CrawlStore);
		this.#retry = { ...DEFAULT_RETRY, ...options.retry };
		const log = options.log ?? crawleeLog.child({ prefix: 'RequestQueue' });
		const respect = options.respectRobotsTxtFile ?? true;
		if (respect !== false && !options.httpClient) this.#ownedClient = new HttpClient({ userAgent });
		this.#dispatcher = new Dispatcher({
			store: this.store,
			limitsFor: domainLimits,
			gate: this.#gate(options, userAgent),
			maxActiveDomains: options.maxActiveDomains,
			skipped: ({ url }, reason) => {
				log.debug(`Skipped ${url}: robots.txt does not allow it.`);
				options.onSkippedRequest?.({ url, reason });
			},
			changed: () => this.onChange(),
			failed: (error) => {
				this.#failure = error;
				this.onChange();
			},
		});
	}

	/** Opens a queue. The same as `new RequestQueue(options)`, for those who write it as Crawlee does. */
	static async open(options: RequestQueueOptions = {}): Promise<RequestQueue> {
		return new RequestQueue(options);
	}

	/** Adds one request; answers when it is stored. */
	async addRequest(source: string | RequestSource | Request, options: AddedFrom = {}): Promise<QueueOperationInfo> {
		const [added] = await this.#add([toNewRequest(source, options)]);
		return added as QueueOperationInfo;
	}

	/** Adds requests; answers when all of them are stored. */
	async addRequests(
		sources: Iterable<string | RequestSource | Request> | AsyncIterable<string | RequestSource | Request>,
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
		sources: Iterable<string | RequestSource | Request> | AsyncIterable<string | RequestSource | Request>,
		options: AddedFrom & { batchSize?: number; maxNewRequests?: number | undefined } = {},
	): Promise<{
		addedRequests: QueueOperationInfo[];
		waitForAllRequestsToBeAdded: Promise<QueueOperationInfo[]>;
		requestsOverLimit?: (string | RequestSource | Request)[];
	}> {
		const { batchSize = 1_000, maxNewRequests = Number.POSITIVE_INFINITY } = options;
		const addedRequests: QueueOperationInfo[] = [];
		const requestsOverLimit: (string | RequestSource | Request)[] = [];
		let batch: NewRequest[] = [];
		let newRequests = 0;
		const storeBatch = async (): Promise<void> => {
			const added = await this.#add(batch);
			batch = [];
			newRequests += added.filter((info) => !info.wasAlreadyPresent).length;
			for (const info of added) addedRequests.push(info);
		};
		for await (const source of sources) {
			if (newRequests + batch.length >= maxNewRequests) {
				// The batch may hold known ones, which do not count.
				await storeBatch();
				if (newRequests >= maxNewRequests) {
					requestsOverLimit.push(source);
					continue;
				}
			}
			batch.push(toNewRequest(source, options));
			if (batch.length >= batchSize) await storeBatch();
		}
		await storeBatch();
		return {
			addedRequests,
			waitForAllRequestsToBeAdded: Promise.resolve([]),
			...(requestsOverLimit.length > 0 && { requestsOverLimit }),
		};
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
			await this.#reclaim(ticket, toCrawleeRequest(ticket.request), refusal);
		}
	}

	/** The work on the request is done, well or not: it does not come back. */
	async markRequestHandled(request: Request): Promise<QueueOperationInfo | null> {
		const ticket = this.#taken.get(request.uniqueKey);
		if (ticket === undefined) return null;
		const failed = (request.errorMessages?.length ?? 0) > request.retryCount;
		await this.commit(ticket, {
			id: ticket.request.id,
			retryCount: request.retryCount,
			outcome: failed
				? { status: 'failed', error: request.errorMessages.at(-1) ?? 'failed' }
				: { status: 'handled', loadedUrl: request.loadedUrl },
			requests: [],
			items: [],
		});
		return { ...operationInfo(request, ticket.request), wasAlreadyHandled: true };
	}

	/** The request goes back and is handed out again after a wait that grows with its `retryCount`. */
	async reclaimRequest(request: Request, _options: AddedFrom = {}): Promise<QueueOperationInfo | null> {
		const ticket = this.#taken.get(request.uniqueKey);
		if (ticket === undefined) return null;
		await this.#reclaim(ticket, request, new Error(request.errorMessages?.at(-1) ?? 'failed'));
		return operationInfo(request, ticket.request);
	}

	/** True when nothing may be handed out at this moment. */
	async isEmpty(): Promise<boolean> {
		this.#begin();
		return !this.#dispatcher.isReady;
	}

	/** True when nothing waits and nothing is being worked on. */
	async isFinished(): Promise<boolean> {
		this.#begin();
		return this.#dispatcher.isDone;
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

	/** How many requests are in which state. */
	counts(): StoreCounts {
		return this.store.counts();
	}

	async getInfo(): Promise<{ totalRequestCount: number; handledRequestCount: number; pendingRequestCount: number }> {
		return {
			totalRequestCount: this.getTotalCount(),
			handledRequestCount: await this.handledCount(),
			pendingRequestCount: this.getPendingCount(),
		};
	}

	/** Removes all requests and results of the storage. */
	async drop(): Promise<void> {
		await this.store.clear();
		this.#known.clear();
	}

	/** Takes the next request without making a Crawlee request of it. */
	take(): Ticket | undefined {
		this.#begin();
		const ticket = this.#dispatcher.take();
		if (ticket !== undefined) this.#taken.set(ticket.request.uniqueKey, ticket);
		return ticket;
	}

	/** Why the request must not be fetched although it was taken, if so. */
	refusalOf(ticket: Ticket): Error | undefined {
		return this.#dispatcher.refusalOf(ticket);
	}

	/** The request is no longer in flight at its domain; its handling may go on. */
	answered(ticket: Ticket, signal?: PaceSignal): void {
		ticket.lane.release(ticket, signal);
	}

	/** Stores all that came of a request, in one transaction. */
	async commit(ticket: Ticket, page: PageCommit): Promise<void> {
		await this.#dispatcher.commit(ticket, page);
		this.#forget(ticket);
		// Only now: a link of a page that failed must be stored again when another page has it.
		for (const { uniqueKey } of page.requests) this.#known.add(uniqueKey);
	}

	/**
	 * Like `commit`, but waits only when many pages wait to be stored: a crawl slot need not stand by while its page is
	 * written. The queue is not finished before all are.
	 */
	async commitSoon(ticket: Ticket, page: PageCommit): Promise<void> {
		this.#unstored++;
		const stored = this.commit(ticket, page).finally(() => this.#unstored--);
		// A storage that fails ends the crawl through the dispatcher; the page itself has nobody to tell.
		if (this.#unstored < MOST_UNSTORED) stored.catch(() => {});
		else await stored;
	}

	/** Gives a taken request back, as if it had not been taken. */
	async giveBack(ticket: Ticket): Promise<void> {
		await this.#dispatcher.giveBack(ticket);
		this.#forget(ticket);
	}

	/** True when the key is surely stored; false may also mean "not known at the moment". */
	isKnown(uniqueKey: string): boolean {
		return this.#known.has(uniqueKey);
	}

	/** Gives back what waits in the lanes, and closes what the queue opened. */
	async close(): Promise<void> {
		await this.#dispatcher.stop();
		await this.#ownedClient?.close();
		await this.#ownedStore?.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
		for (;;) {
			const request = await this.fetchNextRequest();
			if (request === null) return;
			yield request;
		}
	}

	async #add(requests: readonly NewRequest[]): Promise<QueueOperationInfo[]> {
		if (requests.length === 0) return [];
		const added = await this.store.add(requests);
		for (const { uniqueKey } of requests) this.#known.add(uniqueKey);
		if (this.#started) this.#dispatcher.wake(new Set(requests.map(({ domain }) => domain)));
		return requests.map(({ uniqueKey }, index) => {
			const { id, wasAlreadyPresent, wasAlreadyHandled } = added[index] as (typeof added)[number];
			return { requestId: String(id), uniqueKey, wasAlreadyPresent, wasAlreadyHandled };
		});
	}

	async #reclaim(ticket: Ticket, request: Request, error: Error): Promise<void> {
		const failed = { error, retryCount: request.retryCount, maxRetries: Number.POSITIVE_INFINITY, noRetry: false };
		const now = Date.now();
		const decision = decideRetry(failed, this.#retry, { now, random: Math.random() });
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
							data: toNewRequest(request).data,
						},
			requests: [],
			items: [],
		});
	}

	/** Unless the request is out again already: a retry may come back before its predecessor is forgotten. */
	#forget(ticket: Ticket): void {
		const { uniqueKey } = ticket.request;
		if (this.#taken.get(uniqueKey) === ticket) this.#taken.delete(uniqueKey);
	}

	#begin(): void {
		if (this.#failure !== undefined) throw this.#failure;
		if (this.#started) return;
		this.#started = true;
		this.#dispatcher.start();
	}

	#gate(options: RequestQueueOptions, userAgent: string): ConstructorParameters<typeof Dispatcher>[0]['gate'] {
		const respect = options.respectRobotsTxtFile ?? true;
		if (respect === false) return OPEN_GATE;
		const client = options.httpClient ?? (this.#ownedClient as HttpClient);
		const userAgentToken = productToken((typeof respect === 'object' ? respect.userAgent : undefined) ?? userAgent);
		const cache = new RobotsCache({
			fetch: (url) => fetchRobots(client, url),
			records: this.store.robots,
			userAgentToken,
		});
		return robotsGate(cache, { userAgentToken, maxCrawlDelaySecs: options.maxCrawlDelaySecs ?? 300 });
	}
}

function operationInfo(request: Request, { id }: LeasedRequest): QueueOperationInfo {
	return { requestId: String(id), uniqueKey: request.uniqueKey, wasAlreadyPresent: true, wasAlreadyHandled: false };
}

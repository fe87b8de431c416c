import type { HttpClient } from '@orbweaver/http';
import { log as crawleeLog } from '../crawlee.ts';
import { crawlerClient } from '../crawler-client.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import { domainLimitsResolver } from '../lanes/domain-limits.ts';
import type { LaneLook } from '../lanes/lane-look.ts';
import type { PaceSignal } from '../lanes/slow-down.ts';
import { DEFAULT_RETRY, type RetryOptions } from '../retry/retry.ts';
import { productToken } from '../robots/product-token.ts';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { CrawlStore, NewRequest, PageCommit, StoreCounts } from '../store/crawl-store.ts';
import { DEFAULT_USER_AGENT } from '../user-agent.ts';
import type { QueueOperationInfo } from './add-batched.ts';
import { Dispatcher } from './dispatcher.ts';
import { KnownUrls } from './known-urls.ts';
import { checkQueueOptions, type RequestQueueOptions } from './request-queue-options.ts';
import { OPEN_GATE, openRobotsGate, type RobotsGate, type RobotsGateOptions } from './robots-gate.ts';
import { UrlKeys } from './url-keys.ts';

/** How many finished pages may wait to be stored; they are in memory until then. */
const MOST_UNSTORED = 256;

/**
 * What drives a crawl: requests out of the store, through the lanes of their domains, and what became of them back into
 * the store. `RequestQueue` is the same with the methods that users and Crawlee know.
 */
export class CrawlQueue implements AsyncDisposable {
	readonly store: CrawlStore;
	/** Under which key an address is known. */
	readonly keys: UrlKeys;
	readonly #dispatcher: Dispatcher;
	readonly #gate: RobotsGate;
	readonly #known = new KnownUrls();
	readonly #taken = new Map<string, Ticket>();
	protected readonly retry: Required<RetryOptions>;
	readonly #ownedStore: CrawlStore | undefined;
	readonly #ownedClient: HttpClient | undefined;
	#started = false;
	#unstored = 0;
	#failure: unknown;
	/** Called when there may be something to take, or nothing is left to do. Set by whoever polls the queue. */
	onChange: () => void = () => {};
	/** Called with the key of each request that is surely stored now. Set by whoever keeps a list of its own. */
	onStored: (uniqueKey: string) => void = () => {};

	constructor(options: RequestQueueOptions = {}) {
		checkQueueOptions(options);
		const domainLimits = domainLimitsResolver(options.domainLimits);
		this.keys = new UrlKeys(options.urlRules);
		const userAgent = options.userAgent ?? DEFAULT_USER_AGENT;
		const respectsRobots = (options.respectRobotsTxtFile ?? true) !== false;
		// Before the file is opened: it would stay locked when the client cannot be made.
		if (respectsRobots && options.httpClient === undefined) this.#ownedClient = crawlerClient({ userAgent });
		const client = respectsRobots ? (options.httpClient ?? this.#ownedClient) : undefined;
		this.#ownedStore = options.store ? undefined : SqliteStore.open(options.storage ?? 'storage/default.sqlite');
		this.store = options.store ?? (this.#ownedStore as CrawlStore);
		this.retry = { ...DEFAULT_RETRY, ...options.retry };
		const log = options.log ?? crawleeLog.child({ prefix: 'RequestQueue' });
		this.#gate = client === undefined ? OPEN_GATE : openRobotsGate(this.store, client, gateOptions(options, userAgent));
		this.#dispatcher = new Dispatcher({
			store: this.store,
			limitsFor: domainLimits,
			gate: this.#gate,
			maxActiveDomains: options.maxActiveDomains,
			skipped: ({ url, parentId }, reason) => {
				// A link among many is no news; an address that somebody asked for is.
				const level = parentId === undefined ? 'warning' : 'debug';
				log[level](
					`${url} is not crawled: robots.txt does not allow it (respectRobotsTxtFile: false for a site of your own).`,
				);
				options.onSkippedRequest?.({ url, reason });
			},
			changed: () => this.onChange(),
			failed: (error) => {
				this.#failure = error;
				this.onChange();
			},
		});
	}

	/** Something may be taken now. */
	get isReady(): boolean {
		return this.#dispatcher.isReady;
	}

	/** Nothing waits, nothing is being worked on, everything is stored. */
	get isDone(): boolean {
		return this.#dispatcher.isDone;
	}

	/** How many requests are in which state. */
	counts(): StoreCounts {
		return this.store.counts();
	}

	/** How the lanes of the domains look at this moment, for those who watch. */
	lanes(): LaneLook[] {
		return this.#dispatcher.looks();
	}

	/** Takes the next request without making a Crawlee request of it. */
	take(): Ticket | undefined {
		this.begin();
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
		for (const { uniqueKey, data } of page.requests) {
			// A link to the target of a redirect may still take it over: the store has to see it.
			if (data?.redirectedFrom === undefined) this.#isStored(uniqueKey);
		}
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
		this.#gate.close();
		try {
			await this.#dispatcher.stop();
		} finally {
			await this.#ownedClient?.close();
			await this.#ownedStore?.close();
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	/** Starts to look for work. @throws the reason when the storage has failed. */
	protected begin(): void {
		if (this.#failure !== undefined) throw this.#failure;
		if (this.#started) return;
		this.#started = true;
		this.#dispatcher.start();
	}

	protected taken(request: { uniqueKey: string }): Ticket | undefined {
		return this.#taken.get(request.uniqueKey);
	}

	/** After all requests were removed from the store. */
	protected forgetAll(): void {
		this.#known.clear();
		this.#taken.clear();
		this.#dispatcher.forget();
	}

	protected async addNew(requests: readonly NewRequest[]): Promise<QueueOperationInfo[]> {
		if (requests.length === 0) return [];
		const added = await this.#dispatcher.during(this.store.add(requests));
		for (const { uniqueKey } of requests) this.#isStored(uniqueKey);
		if (this.#started) this.#dispatcher.wake(new Set(requests.map(({ domain }) => domain)));
		return requests.map(({ uniqueKey }, index) => {
			const { id, wasAlreadyPresent, wasAlreadyHandled } = added[index] as (typeof added)[number];
			return { requestId: String(id), uniqueKey, wasAlreadyPresent, wasAlreadyHandled };
		});
	}

	#isStored(uniqueKey: string): void {
		this.#known.add(uniqueKey);
		this.onStored(uniqueKey);
	}

	/** Unless the request is out again already: a retry may come back before its predecessor is forgotten. */
	#forget(ticket: Ticket): void {
		const { uniqueKey } = ticket.request;
		if (this.#taken.get(uniqueKey) === ticket) this.#taken.delete(uniqueKey);
	}
}

function gateOptions(options: RequestQueueOptions, userAgent: string): RobotsGateOptions {
	const { respectRobotsTxtFile: respect, maxCrawlDelaySecs = 300 } = options;
	const named = typeof respect === 'object' ? respect.userAgent : undefined;
	return { userAgentToken: productToken(named ?? userAgent), maxCrawlDelaySecs };
}

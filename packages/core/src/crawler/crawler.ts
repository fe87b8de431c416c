import type { HttpClient } from '@orbweaver/http';
import { UrlResolver } from '@orbweaver/parser';
import {
	BasicCrawler,
	Configuration,
	type Dictionary,
	type FinalStatistics,
	KeyValueStore,
	type RouterHandler,
} from '../crawlee.ts';
import { crawlerClient } from '../crawler-client.ts';
import { RequestQueue } from '../queue/request-queue.ts';
import { StorageHandle } from '../storage/storage-handle.ts';
import type { FailedRequest, StoreCounts } from '../store/crawl-store.ts';
import { checkAddresses } from './check-addresses.ts';
import { crawleeConfiguration, crawleeOptions } from './crawlee-setup.ts';
import { type CrawlerOptions, type ResolvedOptions, resolveOptions } from './crawler-options.ts';
import { type CrawlerContext, crawlingContext } from './crawling-context.ts';
import { announceEnd } from './end-report.ts';
import type { PageRun } from './page-run.ts';
import { PageRunner } from './page-runner.ts';
import { pageStatistics } from './page-statistics.ts';
import { GRACE_MS, listenForStop, withoutCrawleesSigint } from './stop-signals.ts';

const NO_COUNTS: StoreCounts = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

/**
 * A crawler that is written like Crawlee's `CheerioCrawler` and runs on a queue in a file.
 *
 * It goes on where the last run on the same storage stopped: requests that are done are not fetched again. Ctrl-C and
 * SIGTERM end a run gently; so does nothing at all, a killed process loses no page and stores no result twice.
 *
 * @example
 * const crawler = new Crawler({
 * 	async requestHandler({ request, $, enqueueLinks, pushData }) {
 * 		await pushData({ url: request.url, title: $('title').text() });
 * 		await enqueueLinks();
 * 	},
 * });
 * await crawler.run(['https://example.com/']);
 */
export class Crawler extends BasicCrawler implements AsyncDisposable {
	/** Used when no `requestHandler` is given. */
	declare readonly router: RouterHandler<CrawlerContext> & BasicCrawler['router'];
	readonly #given: CrawlerOptions;
	readonly #options: ResolvedOptions;
	readonly #storage: StorageHandle;
	readonly #resolver = new UrlResolver();
	#queue: RequestQueue | undefined;
	/** For pages and for robots.txt; the same one without proxies. */
	#clients: readonly [HttpClient, HttpClient] | undefined;
	#runner: PageRunner | undefined;
	/** How many calls need the queue at the moment: a run, and additions before or during it. */
	#users = 0;
	#isRunning = false;
	#lastCounts: StoreCounts = NO_COUNTS;

	/** @throws InvalidOptionError for an option that is not known or cannot have its value. */
	constructor(options: CrawlerOptions = {}) {
		const resolved = resolveOptions(options);
		const storage = new StorageHandle(options.requestQueue?.store ?? resolved.storage);
		super(crawleeOptions(options), crawleeConfiguration(storage));
		this.#given = options;
		this.#options = resolved;
		this.#storage = storage;
	}

	/** Where requests and results are kept. */
	get storagePath(): string {
		return this.#storage.path;
	}

	/** How many requests are in which state; after a run, how many were. */
	counts(): StoreCounts {
		return this.#queue?.counts() ?? this.#lastCounts;
	}

	/** Requests that were given up, with the reason and the page that linked to them. */
	failedRequests({ offset = 0, limit = 100 }: { offset?: number; limit?: number } = {}): Promise<FailedRequest[]> {
		return this.#storage.use((store) => store.failedRequests({ offset, limit }));
	}

	/**
	 * Adds the given requests and crawls until nothing is left to do, or a limit or a signal ends it.
	 *
	 * When there were pages to crawl and not one of them could be, it says why and sets `process.exitCode` to 1, so that
	 * a script fails. After Ctrl-C it is 130, after SIGTERM 143.
	 *
	 * @returns Crawlee's final statistics, of this run alone.
	 * @throws InvalidOptionError for a URL that is none, for those of an array before anything is stored or made; StorageError when the storage cannot
	 * be used or a write fails.
	 */
	override async run(...[requests, options]: Parameters<BasicCrawler['run']>): Promise<FinalStatistics> {
		if (this.#isRunning)
			throw new Error('The crawler is running already; add requests to it with crawler.addRequests().');
		checkAddresses(requests);
		this.#isRunning = true;
		try {
			const queue = await this.#open();
			try {
				return await this.#crawl(queue, requests, options);
			} finally {
				this.#runner = undefined;
				await this.#close();
			}
		} finally {
			this.#isRunning = false;
		}
	}

	/** Adds requests, before a run or during one. Answers when all of them are stored. */
	override async addRequests(
		...[requests, options]: Parameters<BasicCrawler['addRequests']>
	): ReturnType<BasicCrawler['addRequests']> {
		checkAddresses(requests);
		await this.#open();
		try {
			return await super.addRequests(requests, options);
		} finally {
			await this.#close();
		}
	}

	/**
	 * Writes the default dataset to a file, as in Crawlee; but a CSV file has a column for every key that any row has, and
	 * not only for those of the first.
	 */
	override async exportData<Data>(...[path, format, options]: Parameters<BasicCrawler['exportData']>): Promise<Data[]> {
		return super.exportData<Data>(path, format, { collectAllKeys: true, ...options });
	}

	/** The queue of the run. */
	override async getRequestQueue(): ReturnType<BasicCrawler['getRequestQueue']> {
		if (this.requestQueue === undefined) throw new Error('The crawler has a queue only while it runs.');
		return this.requestQueue;
	}

	/** Lets go of a storage in memory. A file is closed after each run anyway. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.#storage[Symbol.asyncDispose]();
	}

	protected override async _init(): Promise<void> {
		await super._init();
		const pool = this.autoscaledPool;
		if (pool === undefined) return;
		withoutCrawleesSigint(pool);
		(this.#queue as RequestQueue).onChange = () => void pool.notify();
		this.#runner = this.#makeRunner(this.#queue as RequestQueue, this.#clients?.[0] as HttpClient);
	}

	protected override async _isTaskReadyFunction(): Promise<boolean> {
		// Those in flight count, or the limit would be exceeded by what ends after it was reached.
		const limit = this.maxRequestsPerCrawl ?? Number.POSITIVE_INFINITY;
		if (this.handledRequestsCount + (this.#runner?.running ?? 0) >= limit) return false;
		return super._isTaskReadyFunction();
	}

	protected override async _runTaskFunction(): Promise<void> {
		const ticket = this.#queue?.take();
		if (ticket !== undefined) await this.#runner?.run(ticket);
	}

	/** Links are all kept, whatever the limit of this run: a later run goes on with them. */
	protected override calculateEnqueuedRequestLimit(explicitLimit?: number): number | undefined {
		return explicitLimit;
	}

	async #crawl(queue: RequestQueue, ...[requests, options]: Parameters<BasicCrawler['run']>): Promise<FinalStatistics> {
		const before = queue.counts();
		const forgetSignals = listenForStop({
			graceMs: GRACE_MS,
			stop: (signal) => this.stop(`${signal}: finishing the pages in flight; once more to leave at once.`),
			abandon: () => void this.autoscaledPool?.abort(),
		});
		try {
			const statistics = await super.run(requests, options);
			await this.#runner?.end();
			announceEnd(this.log, { before, after: queue.counts(), statistics, storage: this.storagePath });
			return statistics;
		} catch (error) {
			// What cannot be given back to a failed storage comes back by itself when it is opened again.
			await this.#runner?.end().catch(() => {});
			// Crawlee forgets both when it fails before its pool runs; the timer would keep the process alive.
			this.running = false;
			await this.events.close();
			throw error;
		} finally {
			forgetSignals();
		}
	}

	/** Opens the storage and the queue, or joins those who have them open. Owed back with `#close`. */
	async #open(): Promise<RequestQueue> {
		const robotsProxyUrl = this.#queue === undefined ? await this.#given.proxyConfiguration?.newUrl() : undefined;
		this.#queue ??= this.#makeQueue(robotsProxyUrl);
		this.#users++;
		return this.#queue;
	}

	/** @param robotsProxyUrl robots.txt belongs to no single request, but shall not give our own address away. */
	#makeQueue(robotsProxyUrl: string | undefined): RequestQueue {
		const { requestQueue, respectRobotsTxtFile, maxCrawlDelaySecs, maxActiveDomains, urlRules } = this.#given;
		const { userAgent, domainLimits, retry } = this.#options;
		const client = crawlerClient({ userAgent });
		const robotsClient = robotsProxyUrl === undefined ? client : crawlerClient({ userAgent, proxy: robotsProxyUrl });
		const store = this.#storage.acquire();
		const queue =
			requestQueue ??
			new RequestQueue({
				store,
				httpClient: robotsClient,
				domainLimits,
				retry,
				userAgent,
				log: this.log,
				onSkippedRequest: (skipped) => this.#report(skipped),
				...(respectRobotsTxtFile !== undefined && { respectRobotsTxtFile }),
				...(maxCrawlDelaySecs !== undefined && { maxCrawlDelaySecs }),
				...(urlRules !== undefined && { urlRules }),
				...(maxActiveDomains !== undefined && { maxActiveDomains }),
			});
		this.#clients = [client, robotsClient];
		// Crawlee asks a queue for methods, not for its class.
		this.requestQueue = queue as unknown as NonNullable<BasicCrawler['requestQueue']>;
		this.requestManager = this.requestQueue;
		return queue;
	}

	async #close(): Promise<void> {
		this.#users--;
		if (this.#users > 0) return;
		const queue = this.#queue as RequestQueue;
		const clients = this.#clients ?? [];
		this.#queue = undefined;
		this.#clients = undefined;
		delete this.requestQueue;
		delete this.requestManager;
		if (this.#given.requestQueue === undefined) await queue.close();
		else queue.onChange = () => {};
		this.#lastCounts = queue.counts();
		await this.#storage.release();
		// What is still being fetched, such as the robots.txt of a slow site, is of no use to anyone now.
		await Promise.all(clients.map((client) => client.destroy()));
	}

	/** Tells of a skipped request that no handler stands for: a failing `onSkippedRequest` has only the log. */
	#report(skipped: Parameters<BasicCrawler['handleSkippedRequest']>[0]): void {
		this.handleSkippedRequest(skipped).catch((error: unknown) => {
			this.log.error(`onSkippedRequest failed for ${skipped.url}: ${error instanceof Error ? error.message : error}`);
		});
	}

	#makeRunner(queue: RequestQueue, client: HttpClient): PageRunner {
		// Crawlee's `Dataset.open()` and its like, called by a handler, find our storage through this.
		const inOurs = <T>(work: () => T): T => Configuration.storage.run(this.config, work);
		return new PageRunner({
			queue,
			client,
			resolver: this.#resolver,
			options: this.#options,
			statistics: pageStatistics(this),
			log: this.log,
			sessionPool: this.sessionPool,
			proxyConfiguration: this.#given.proxyConfiguration,
			maxRequestRetries: this.maxRequestRetries,
			handlerTimeoutMs: this.requestHandlerTimeoutMillis,
			handler: (context) => inOurs(() => this._runRequestHandler(context as never)),
			errorHandler: (context, error) => inOurs(() => this.errorHandler?.(context as never, error)),
			failedRequestHandler: (context, error) => inOurs(() => this.failedRequestHandler?.(context as never, error)),
			context: (run) => this.#context(run, queue, client),
			skipped: (what) => this.#report(what),
		});
	}

	#context(run: PageRun, queue: RequestQueue, client: HttpClient): CrawlerContext {
		const { request, page, transaction, session, proxyInfo, ticket } = run;
		return crawlingContext({
			id: request.id as string,
			request,
			parentId: ticket.request.id,
			page,
			transaction,
			session,
			proxyInfo,
			crawler: this,
			log: this.log,
			client,
			options: this.#options,
			maxCrawlDepth: this.maxCrawlDepth,
			keys: queue.keys,
			isKnown: (uniqueKey) => queue.isKnown(uniqueKey),
			skipped: (what) => this.handleSkippedRequest(what as never),
			validate: (source) => this.validateRequestUserData(source as never),
			keyValueStore: (name) => KeyValueStore.open(name ?? null, { config: this.config }),
			useState: <State extends Dictionary>(defaultValue?: State) => this.useState(defaultValue),
		});
	}
}

import { HttpClient } from '@orbweaver/http';
import { UrlResolver } from '@orbweaver/parser';
import { BasicCrawler, type Dictionary, type FinalStatistics, KeyValueStore, type RouterHandler } from '../crawlee.ts';
import { RequestQueue } from '../queue/request-queue.ts';
import { StorageHandle } from '../storage/storage-handle.ts';
import type { FailedRequest, StoreCounts } from '../store/crawl-store.ts';
import { crawleeConfiguration, crawleeOptions } from './crawlee-setup.ts';
import { type CrawlerOptions, type ResolvedOptions, resolveOptions } from './crawler-options.ts';
import { type CrawlerContext, crawlingContext } from './crawling-context.ts';
import { endReport } from './end-report.ts';
import { type PageRun, PageRunner } from './page-runner.ts';
import { pageStatistics } from './page-statistics.ts';
import { listenForStop, withoutCrawleesSigint } from './stop-signals.ts';

/** How long the pages in flight have after the first Ctrl-C, in milliseconds. */
const GRACE_MS = 15_000;

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
	#client: HttpClient | undefined;
	#runner: PageRunner | undefined;
	#running = 0;
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
	 * @throws InvalidOptionError for a URL that is none, before anything is stored; StorageError when the storage cannot
	 * be used or a write fails.
	 */
	override async run(...[requests, options]: Parameters<BasicCrawler['run']>): Promise<FinalStatistics> {
		if (this.running) return super.run(requests, options);
		const queue = this.#open();
		const before = queue.counts();
		const forgetSignals = listenForStop({
			graceMs: GRACE_MS,
			stop: (signal) => this.stop(`${signal}: finishing the pages in flight; once more to leave at once.`),
			abandon: () => void this.autoscaledPool?.abort(),
		});
		try {
			const statistics = await super.run(requests, options);
			this.#lastCounts = queue.counts();
			const report = endReport({ before, after: this.#lastCounts, statistics, storage: this.storagePath });
			if (report !== undefined) this.log[report.level](report.message);
			if (report?.level === 'error') process.exitCode ??= 1;
			return statistics;
		} catch (error) {
			this.running = false;
			throw error;
		} finally {
			forgetSignals();
			await this.#close();
		}
	}

	/** Adds requests, before a run or during one. Answers when all of them are stored. */
	override async addRequests(
		...[requests, options]: Parameters<BasicCrawler['addRequests']>
	): ReturnType<BasicCrawler['addRequests']> {
		if (this.#queue !== undefined) return super.addRequests(requests, options);
		this.#open();
		try {
			return await super.addRequests(requests, options);
		} finally {
			await this.#close();
		}
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
		this.#runner = this.#makeRunner();
	}

	protected override async _isTaskReadyFunction(): Promise<boolean> {
		// Those in flight count, or the limit would be exceeded by what ends after it was reached.
		const limit = this.maxRequestsPerCrawl ?? Number.POSITIVE_INFINITY;
		if (this.handledRequestsCount + this.#running >= limit) return false;
		return super._isTaskReadyFunction();
	}

	protected override async _runTaskFunction(): Promise<void> {
		const ticket = this.#queue?.take();
		if (ticket === undefined) return;
		this.#running++;
		try {
			await this.#runner?.run(ticket);
		} finally {
			this.#running--;
		}
	}

	/** Links are all kept, whatever the limit of this run: a later run goes on with them. */
	protected override calculateEnqueuedRequestLimit(explicitLimit?: number): number | undefined {
		return explicitLimit;
	}

	#open(): RequestQueue {
		const { requestQueue, respectRobotsTxtFile, maxCrawlDelaySecs, maxActiveDomains, urlRules } = this.#given;
		const store = this.#storage.acquire();
		this.#client = new HttpClient({ userAgent: this.#options.userAgent });
		this.#queue =
			requestQueue ??
			new RequestQueue({
				store,
				httpClient: this.#client,
				domainLimits: this.#options.domainLimits,
				retry: this.#options.retry,
				userAgent: this.#options.userAgent,
				log: this.log,
				onSkippedRequest: (skipped) => void this.handleSkippedRequest(skipped),
				...(respectRobotsTxtFile !== undefined && { respectRobotsTxtFile }),
				...(maxCrawlDelaySecs !== undefined && { maxCrawlDelaySecs }),
				...(urlRules !== undefined && { urlRules }),
				...(maxActiveDomains !== undefined && { maxActiveDomains }),
			});
		// Crawlee asks a queue for methods, not for its class.
		this.requestQueue = this.#queue as unknown as NonNullable<BasicCrawler['requestQueue']>;
		this.requestManager = this.requestQueue;
		return this.#queue;
	}

	async #close(): Promise<void> {
		const queue = this.#queue;
		this.#queue = undefined;
		delete this.requestQueue;
		delete this.requestManager;
		if (this.#given.requestQueue === undefined) await queue?.close();
		await this.#client?.close();
		this.#client = undefined;
		await this.#storage.release();
	}

	#makeRunner(): PageRunner {
		return new PageRunner({
			queue: this.#queue as RequestQueue,
			client: this.#client as HttpClient,
			resolver: this.#resolver,
			options: this.#options,
			statistics: pageStatistics(this),
			log: this.log,
			sessionPool: this.sessionPool,
			proxyConfiguration: this.#given.proxyConfiguration,
			maxRequestRetries: this.maxRequestRetries,
			handlerTimeoutMs: this.requestHandlerTimeoutMillis,
			handler: (context) => this._runRequestHandler(context as never),
			errorHandler: this.errorHandler as never,
			failedRequestHandler: this.failedRequestHandler as never,
			context: (run) => this.#context(run),
			skipped: (what) => void this.handleSkippedRequest(what),
		});
	}

	#context(run: PageRun): CrawlerContext {
		return crawlingContext({
			id: run.request.id as string,
			request: run.request,
			parentId: run.ticket.request.id,
			page: run.page,
			transaction: run.transaction,
			session: run.session,
			proxyInfo: run.proxyInfo,
			crawler: this,
			log: this.log,
			client: this.#client as HttpClient,
			maxCrawlDepth: this.maxCrawlDepth,
			keys: (this.#queue as RequestQueue).keys,
			isKnown: (uniqueKey) => (this.#queue as RequestQueue).isKnown(uniqueKey),
			skipped: (what) => void this.handleSkippedRequest(what as never),
			validate: (source) => this.validateRequestUserData(source as never),
			keyValueStore: (name) => KeyValueStore.open(name ?? null, { config: this.config }),
			useState: <State extends Dictionary>(defaultValue?: State) => this.useState(defaultValue),
		});
	}
}

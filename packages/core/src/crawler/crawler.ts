import type { HttpClient } from '@orbweaver/http';
import { type NormalizeRules, tryNormalizeUrl, UrlResolver } from '@orbweaver/parser';
import {
	BasicCrawler,
	Configuration,
	type Dictionary,
	type FinalStatistics,
	KeyValueStore,
	type RouterHandler,
} from '../crawlee.ts';
import { itemCheck } from '../items/item-schema.ts';
import { LinkFinder } from '../links/link-finder.ts';
import { monitoredParts } from '../numbers/monitored-parts.ts';
import { MonitoredRun } from '../numbers/monitored-run.ts';
import { OutputFile } from '../output/output-file.ts';
import type { Sources } from '../queue/add-batched.ts';
import { detachedSources } from '../queue/detached-source.ts';
import type { RequestQueue } from '../queue/request-queue.ts';
import { UrlKeys } from '../queue/url-keys.ts';
import { SharedState } from '../state/shared-state.ts';
import { checkRange, checkText } from '../storage/check-argument.ts';
import { pageWrites } from '../storage/page-writes.ts';
import { StorageHandle } from '../storage/storage-handle.ts';
import type { CrawlStore, FailedRequest, StoreCounts } from '../store/crawl-store.ts';
import type { RejectedItem } from '../store/item-store.ts';
import type { RequestHistory } from '../store/request-history.ts';
import { errorOf } from '../thrown-error.ts';
import { addInPage } from './add-in-page.ts';
import { checkAddresses } from './check-addresses.ts';
import { crawleeConfiguration, crawleeOptions } from './crawlee-setup.ts';
import { type CrawlerOptions, type ResolvedOptions, resolveOptions } from './crawler-options.ts';
import { type CrawlerContext, crawlingContext } from './crawling-context.ts';
import { announceEnd } from './end-report.ts';
import { type OpenQueue, openQueue } from './open-queue.ts';
import type { PageRun } from './page-run.ts';
import { PageRunner } from './page-runner.ts';
import { pageStatistics } from './page-statistics.ts';
import { PageTransaction } from './page-transaction.ts';
import { resumeOrStartOver, terminalAsk } from './resume.ts';
import { SharedQueue } from './shared-queue.ts';
import { listenForStop, withoutCrawleesSigint } from './stop-signals.ts';

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
	readonly #keys: UrlKeys;
	readonly #state: SharedState;
	readonly #shared: SharedQueue;
	#hasBegun = false;
	#linkFinder: LinkFinder | undefined;
	#runner: PageRunner | undefined;
	#output: OutputFile | undefined;
	#isRunning = false;
	#watch: MonitoredRun | undefined;

	/** @throws InvalidOptionError for an option that is not known or cannot have its value. */
	constructor(options: CrawlerOptions = {}) {
		const resolved = resolveOptions(options);
		const { requestQueue, durability } = options;
		const storage = new StorageHandle(requestQueue?.store ?? resolved.storage, { durability });
		super(crawleeOptions(options), crawleeConfiguration(storage));
		this.#given = options;
		this.#options = resolved;
		this.#storage = storage;
		this.#state = new SharedState(storage);
		const isUsers = requestQueue !== undefined;
		this.#shared = new SharedQueue({ storage, isUsers, open: (store) => this.#openQueue(store) });
		this.#keys = requestQueue?.keys ?? new UrlKeys(options.urlRules);
	}

	/** Where requests and results are kept. */
	get storagePath(): string {
		return this.#storage.path;
	}

	/** How many requests are in which state; after a run, how many were. */
	counts(): StoreCounts {
		return this.#shared.counts();
	}

	/** Requests that were given up, with the reason and the page that linked to them. */
	async failedRequests(range: { offset?: number; limit?: number } = {}): Promise<FailedRequest[]> {
		const checked = checkRange('failedRequests', range);
		return this.#storage.use((store) => store.failedRequests(checked));
	}

	/**
	 * All that is known of a request: why it was crawled, when, from which page, how often it was tried, and what came of
	 * it. Undefined for an address that was never met.
	 *
	 * @param url an address, or a request's unique key.
	 */
	async history(url: string): Promise<RequestHistory | undefined> {
		checkText('url of history', url);
		const normalized = tryNormalizeUrl(url);
		const key = normalized === undefined ? url : this.#keys.of(normalized);
		return this.#storage.use(async (store) => (await store.history(key)) ?? (await store.history(url)));
	}

	/** Rows that did not fit their schema, with the reason and the page that pushed them. */
	async rejectedItems(range: { offset?: number; limit?: number } = {}): Promise<RejectedItem[]> {
		const checked = checkRange('rejectedItems', range);
		return this.#storage.use((store) => store.rejectedItems(checked));
	}

	/**
	 * The state that all handlers of the crawl share. What a handler changes is seen by the others at once; it is stored
	 * with its page, and taken back when its page fails. Numbers are stored by what was added to them.
	 *
	 * @param defaultValue what it is before the first change. Default `{}`.
	 */
	override useState<State extends Dictionary = Dictionary>(defaultValue?: State): Promise<State> {
		return this.#state.use(defaultValue ?? {}, pageWrites(this.#storage)) as Promise<State>;
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

	/**
	 * Adds requests, before a run or during one. Answers when all of them are stored; in a handler they are stored with its
	 * page, like those of `enqueueLinks`.
	 */
	override addRequests(
		...[requests, options]: Parameters<BasicCrawler['addRequests']>
	): ReturnType<BasicCrawler['addRequests']> {
		const page = pageWrites(this.#storage);
		if (page === undefined) return this.#addRequests(requests, options);
		return page.call('crawler.addRequests', async () => {
			checkAddresses(requests);
			const isKnown = (uniqueKey: string): boolean => this.#shared.queue?.isKnown(uniqueKey) ?? false;
			const forefront = options?.forefront;
			const added = addInPage(requests as Sources, { page, keys: this.#keys, forefront, isKnown });
			return (await added) as unknown as Awaited<ReturnType<BasicCrawler['addRequests']>>;
		});
	}

	/**
	 * Writes the default dataset to a file, as in Crawlee; but a CSV file has a column for every key that any row has, and
	 * not only for those of the first, and in it `true` and `false` are written as such.
	 */
	override async exportData<Data>(...[path, format, options]: Parameters<BasicCrawler['exportData']>): Promise<Data[]> {
		const all = { collectAllKeys: true, ...options };
		if (format !== 'csv' && !(format === undefined && /\.csv$/i.test(path))) return super.exportData(path, format, all);
		const items = await (await this.getDataset()).export(all);
		const { exportItems } = await import('../export/export-items.ts');
		await exportItems(path, items, all);
		this.log.info(`Export to ${path} finished!`);
		return items as Data[];
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
		const queue = this.#shared.queue as RequestQueue;
		queue.onChange = () => void pool.notify();
		this.#linkFinder = this.#makeLinkFinder(queue.keys.rules);
		queue.onStored = (uniqueKey) => this.#linkFinder?.stored(uniqueKey);
		this.#runner = this.#makeRunner(queue, this.#shared.client as HttpClient);
		// Not before there is a pool that a failing file could end.
		this.#output?.start();
	}

	protected override async _isTaskReadyFunction(): Promise<boolean> {
		// Those in flight count, or the limit would be exceeded by what ends after it was reached.
		const limit = this.maxRequestsPerCrawl ?? Number.POSITIVE_INFINITY;
		if (this.handledRequestsCount + (this.#runner?.running ?? 0) >= limit) return false;
		return super._isTaskReadyFunction();
	}

	protected override async _runTaskFunction(): Promise<void> {
		const ticket = this.#shared.queue?.take();
		if (ticket !== undefined) await this.#runner?.run(ticket);
	}

	/** Links are all kept, whatever the limit of this run: a later run goes on with them. */
	protected override calculateEnqueuedRequestLimit(explicitLimit?: number): number | undefined {
		return explicitLimit;
	}

	async #crawl(queue: RequestQueue, ...[requests, options]: Parameters<BasicCrawler['run']>): Promise<FinalStatistics> {
		const before = queue.counts();
		const rejectedBefore = queue.store.rejectedCount();
		const output = await this.#openOutput(queue.store);
		this.#output = output;
		const { monitor, name = 'crawl' } = this.#given;
		this.#watch = monitor && new MonitoredRun(monitor, monitoredParts(this, queue, name));
		const forgetSignals = listenForStop({
			graceMs: this.#options.stopGraceMs,
			stop: (signal) => this.stop(`${signal}: finishing the pages in flight; once more to leave at once.`),
			abandon: () => void this.autoscaledPool?.abort(),
		});
		try {
			const statistics = await super.run(requests, options);
			await this.#runner?.end();
			await this.#state.save();
			await output?.close();
			const rejected = queue.store.rejectedCount() - rejectedBefore;
			announceEnd(this.log, { before, after: queue.counts(), statistics, storage: this.storagePath, rejected });
			return statistics;
		} catch (error) {
			// What cannot be given back to a failed storage comes back by itself when it is opened again.
			await this.#runner?.end().catch(() => {});
			await output?.abandon().catch(() => {});
			// In memory it has what lost pages have done to it.
			await this.#state.save().catch(() => {});
			this.#state.forget();
			// Crawlee forgets both when it fails before its pool runs; the timer would keep the process alive.
			this.running = false;
			await this.events.close();
			throw error;
		} finally {
			forgetSignals();
			this.#watch?.end();
			this.#watch = undefined;
			await this.#linkFinder?.close();
			this.#linkFinder = undefined;
		}
	}

	/** Whoever wants to hear of each skipped link has them found here. */
	#makeLinkFinder(urlRules: NormalizeRules): LinkFinder | undefined {
		const { linkThreads: threads } = this.#options;
		return threads > 0 && this.#given.onSkippedRequest === undefined
			? new LinkFinder({ threads, urlRules })
			: undefined;
	}

	async #addRequests(
		...[requests, options]: Parameters<BasicCrawler['addRequests']>
	): ReturnType<BasicCrawler['addRequests']> {
		checkAddresses(requests);
		const taken = detachedSources(requests as Sources) as typeof requests;
		await this.#open();
		try {
			return await super.addRequests(taken, options);
		} finally {
			await this.#close();
		}
	}

	/** Opens the storage and the queue, or joins those who have them open. Owed back with `#close`. */
	async #open(): Promise<RequestQueue> {
		const queue = await this.#shared.acquire();
		// Crawlee asks a queue for methods, not for its class.
		this.requestQueue = queue as unknown as NonNullable<BasicCrawler['requestQueue']>;
		this.requestManager = this.requestQueue;
		return queue;
	}

	async #close(): Promise<void> {
		// Before: whoever asks while it closes shall get a new one.
		const isLast = this.#shared.release();
		if (this.#shared.queue === undefined) {
			delete this.requestQueue;
			delete this.requestManager;
		}
		await isLast;
	}

	/** Decides, once, what becomes of an earlier crawl in the storage, and makes the queue on it. */
	async #openQueue(store: CrawlStore): Promise<OpenQueue> {
		const robotsProxyUrl = await this.#given.proxyConfiguration?.newUrl();
		if (!this.#hasBegun) {
			const { resume = true } = this.#given;
			// Before anything is removed: one that is refused ends the run.
			if (resume !== true) await (await this.#openOutput(store))?.abandon();
			const context = { path: this.storagePath, log: this.log, ask: terminalAsk() };
			if (await resumeOrStartOver(store, resume, context)) this.#state.forget();
			this.#hasBegun = true;
		}
		const onSkippedRequest = (skipped: Parameters<Crawler['handleSkippedRequest']>[0]): void => this.#report(skipped);
		const { log } = this;
		return openQueue({ given: this.#given, options: this.#options, store, log, robotsProxyUrl, onSkippedRequest });
	}

	/** The file that follows the rows, if one is asked for. One that cannot be written ends the run. */
	async #openOutput(store: CrawlStore): Promise<OutputFile | undefined> {
		const { output: path, durability } = this.#given;
		if (path === undefined) return undefined;
		const failed = (): void => void this.autoscaledPool?.abort();
		return OutputFile.open({ store, path, isSynced: durability === 'full', failed });
	}

	/** Tells of a skipped request that no handler stands for: a failing `onSkippedRequest` has only the log. */
	#report(skipped: Parameters<BasicCrawler['handleSkippedRequest']>[0]): void {
		this.handleSkippedRequest(skipped).catch((error: unknown) => {
			this.log.error(`onSkippedRequest failed for ${skipped.url}: ${errorOf(error).message}`);
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
			watch: this.#watch,
			log: this.log,
			sessionPool: this.sessionPool,
			proxyConfiguration: this.#given.proxyConfiguration,
			maxRequestRetries: this.maxRequestRetries,
			handlerTimeoutMs: this.requestHandlerTimeoutMillis,
			transaction: ({ id, url, label }) => this.#transaction(id, url, label),
			handler: (context) => inOurs(() => this._runRequestHandler(context as never)),
			errorHandler: (context, error) => inOurs(() => this.errorHandler?.(context as never, error)),
			failedRequestHandler: (context, error) => inOurs(() => this.failedRequestHandler?.(context as never, error)),
			context: (run) => this.#context(run, queue, client),
			skipped: (what) => this.#report(what),
		});
	}

	#transaction(pageId: number, url: string, label: string | undefined): PageTransaction {
		const checkItem = itemCheck(this.#given.itemSchema, label);
		const late = ({ message }: Error): void => this.log.error(message);
		return new PageTransaction({ pageId, url, storage: this.#storage, checkItem, late });
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
			linkFinder: this.#linkFinder,
			isKnown: (uniqueKey) => queue.isKnown(uniqueKey),
			skipped: (what) => this.handleSkippedRequest(what as never),
			validate: (source) => this.validateRequestUserData(source as never),
			keyValueStore: (name) => KeyValueStore.open(name ?? null, { config: this.config }),
			useState: <State extends Dictionary>(defaultValue?: State) => this.useState(defaultValue),
		});
	}
}

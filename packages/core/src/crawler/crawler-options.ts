import { availableParallelism } from 'node:os';
import type { NormalizeRules } from '@orbweaver/parser';
import type { BasicCrawlerOptions, ProxyConfiguration } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { ItemSchemas } from '../items/item-schema.ts';
import { type DomainLimitsOptions, domainLimitsResolver } from '../lanes/domain-limits.ts';
import type { CrawlMonitor } from '../numbers/crawl-monitor.ts';
import type { RequestQueue } from '../queue/request-queue.ts';
import { UrlKeys } from '../queue/url-keys.ts';
import { DEFAULT_RETRY, type RetryOptions } from '../retry/retry.ts';
import type { Durability } from '../sqlite/open-database.ts';
import { DEFAULT_USER_AGENT } from '../user-agent.ts';
import { checkOptions } from './check-options.ts';
import type { CrawlerContext } from './crawling-context.ts';
import type { OnSkippedRequest } from './enqueue-links.ts';
import type { Resume } from './resume.ts';

/** Crawlee's options that mean the same here. */
type CrawleeOptions = Pick<
	BasicCrawlerOptions,
	| 'maxRequestRetries'
	| 'maxRequestsPerCrawl'
	| 'maxCrawlDepth'
	| 'minConcurrency'
	| 'maxRequestsPerMinute'
	| 'requestHandlerTimeoutSecs'
	| 'keepAlive'
	| 'maxSessionRotations'
	| 'sessionPoolOptions'
	| 'autoscaledPoolOptions'
	| 'statisticsOptions'
	| 'statusMessageLoggingInterval'
	| 'statusMessageCallback'
	| 'log'
>;

/** Works on one page. */
export type RequestHandler = (context: CrawlerContext) => unknown;
/** Looks at a failed try. The page's part of the context is missing when the page was not fetched. */
export type ErrorHandler = (context: CrawlerContext, error: Error) => unknown;

/** What a crawler can be told. Names without a note have Crawlee's meaning and default. */
export interface CrawlerOptions extends CrawleeOptions {
	/** Called for each page. Without it, the pages go to `crawler.router`. */
	requestHandler?(context: CrawlerContext): unknown;
	/** The same as `requestHandler`, for the router that `createRouter` makes. */
	router?(context: CrawlerContext): unknown;
	/** Called before each retry; it may change the request, or forbid the retry with `request.noRetry = true`. */
	errorHandler?(context: CrawlerContext, error: Error): unknown;
	/** Called for each request that is given up. What it pushes is stored with the mark that the request failed. */
	failedRequestHandler?(context: CrawlerContext, error: Error): unknown;
	/** The crawl's name: the default storage is `storage/<name>.sqlite`. Default `'default'`. */
	readonly name?: string;
	/** The path of the storage file, or `':memory:'`. Default `storage/<name>.sqlite`. */
	readonly storage?: string;
	/**
	 * What a stored page survives: `'normal'` a killed process, `'full'` a power cut too, at the price of an fsync for each
	 * commit. Default `'normal'`.
	 */
	readonly durability?: Durability;
	/**
	 * What becomes of an earlier crawl in the storage: true goes on with it, false removes it with its results and starts
	 * over, `'ask'` asks at the terminal, and goes on where there is none. Default true.
	 */
	readonly resume?: Resume;
	/**
	 * What result rows have to look like: a schema of zod, valibot, arktype or their like (Standard Schema) for all of them,
	 * or one for each label. Rows that do not fit go to `crawler.rejectedItems()` with the reason; the crawl goes on. A
	 * schema may change its rows, such as by defaults.
	 */
	readonly itemSchema?: ItemSchemas;
	/**
	 * A file that is kept in step with the rows of the default dataset while the crawl runs, as JSON lines: each row once,
	 * also after the crawl was killed. Default: none.
	 */
	readonly output?: string;
	/** How long the pages in flight have after Ctrl-C or SIGTERM, in seconds; then they are given back. Default 15. */
	readonly stopGraceSecs?: number;
	/** A queue of one's own; it stays open. Storage, domain limits, URL rules and robots.txt are told to it, not here. */
	readonly requestQueue?: RequestQueue;
	/** How many pages are fetched and handled at once, over all domains. Default 64. */
	readonly maxConcurrency?: number;
	/**
	 * How many threads find links beside the one that fetches and handles. They work for `enqueueLinks` without callbacks, and
	 * start after the first hundred pages. Default: 1, and 0 on a machine with one processor.
	 */
	readonly linkThreads?: number;
	/** How domains are treated. Default: eight requests at a time per domain, no spacing. */
	readonly domainLimits?: DomainLimitsOptions;
	/** The least time between two requests to a domain, in seconds: Crawlee's name for `domainLimits.minTime`. */
	readonly sameDomainDelaySecs?: number;
	/**
	 * Which addresses are the same page, beyond what the URL standard says. Default, as in Crawlee: the order of
	 * parameters does not matter, nor do tracking parameters (`utm_*`, `gclid` and their like).
	 */
	readonly urlRules?: NormalizeRules;
	/** When failed requests come back. Default: within 1 s, 2 s, 4 s …, at random, at most 60 s. */
	readonly retry?: RetryOptions;
	/**
	 * Whether robots.txt is kept to; an object names the user agent to look for. Default true: the product token of
	 * `userAgent`.
	 */
	readonly respectRobotsTxtFile?: boolean | { readonly userAgent?: string };
	/** The longest crawl-delay of a robots.txt that is kept to, in seconds. Default 300. */
	readonly maxCrawlDelaySecs?: number;
	/** The `User-Agent` header. Put a name and a contact here when you crawl sites of others. */
	readonly userAgent?: string;
	/** The largest body that is read, in bytes, decompressed. Larger pages fail. Default 10 MiB. */
	readonly maxBodyBytes?: number;
	/** How many redirects a page may take. Each goes through the lane of its domain. Default 10. */
	readonly maxRedirects?: number;
	/** How long a fetch may take as a whole, in seconds. Default 60. */
	readonly navigationTimeoutSecs?: number;
	/** Proxies, as in Crawlee. */
	readonly proxyConfiguration?: ProxyConfiguration;
	/** Sessions with their cookies, as in Crawlee. Default false: a session costs, and most crawls need none. */
	readonly useSessionPool?: boolean;
	/** Whether a session keeps the cookies it is given. Default true. */
	readonly persistCookiesPerSession?: boolean;
	/** Media types to handle beside HTML, XML and JSON; `'*\/*'` for any. Other pages fail without being read. */
	readonly additionalMimeTypes?: readonly string[];
	/** Error statuses that are handled as pages all the same. */
	readonly ignoreHttpErrorStatusCodes?: readonly number[];
	/** Statuses that count as errors beside 400 to 599. */
	readonly additionalHttpErrorStatusCodes?: readonly number[];
	/** Called for each request that is not crawled, with the reason. */
	readonly onSkippedRequest?: OnSkippedRequest;
	/**
	 * Where the crawl shows its log and its numbers, and from where it may be paused, resumed and stopped: what
	 * `startMonitor()` of `@orbweaver/monitor` gives. It stays open after the run. Default: none.
	 */
	readonly monitor?: CrawlMonitor;
	/** How many domains may be on their way at once; the others wait in the storage. Default 2,000. */
	readonly maxActiveDomains?: number;
}

/** What the crawler's own parts need, with the defaults filled in. */
export interface ResolvedOptions {
	readonly storage: string;
	readonly domainLimits: DomainLimitsOptions;
	readonly retry: Required<RetryOptions>;
	readonly userAgent: string;
	readonly maxBodyBytes: number;
	readonly maxRedirects: number;
	readonly navigationTimeoutMs: number;
	readonly stopGraceMs: number;
	readonly linkThreads: number;
	readonly persistCookiesPerSession: boolean;
	readonly maxSessionRotations: number;
	/** Answers whether a page of this media type is handled. */
	acceptsType(mediaType: string): boolean;
	/** Answers whether this status is an error. */
	isErrorStatus(status: number): boolean;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws InvalidOptionError for an option that is not known or cannot have this value, with the way out.
 */
export function resolveOptions(options: CrawlerOptions): ResolvedOptions {
	checkOptions(options as Readonly<Record<string, unknown>>);
	const { sameDomainDelaySecs, additionalMimeTypes = [] } = options;
	const spacing = sameDomainDelaySecs === undefined ? {} : { minTime: sameDomainDelaySecs * 1_000 };
	const domainLimits = { ...spacing, ...options.domainLimits };
	domainLimitsResolver(domainLimits);
	checkUrlRules(options.urlRules);
	const types = new Set([...HANDLED_TYPES, ...additionalMimeTypes.map((type) => type.toLowerCase())]);
	const ignored = new Set(options.ignoreHttpErrorStatusCodes);
	const additional = new Set(options.additionalHttpErrorStatusCodes);
	return {
		storage: options.storage ?? `storage/${options.name ?? 'default'}.sqlite`,
		domainLimits,
		retry: { ...DEFAULT_RETRY, ...options.retry },
		userAgent: options.userAgent ?? DEFAULT_USER_AGENT,
		maxBodyBytes: options.maxBodyBytes ?? 10 * 2 ** 20,
		maxRedirects: options.maxRedirects ?? 10,
		navigationTimeoutMs: (options.navigationTimeoutSecs ?? 60) * 1_000,
		linkThreads: options.linkThreads ?? (availableParallelism() > 1 ? 1 : 0),
		stopGraceMs: (options.stopGraceSecs ?? 15) * 1_000,
		persistCookiesPerSession: options.persistCookiesPerSession ?? true,
		maxSessionRotations: options.maxSessionRotations ?? 10,
		acceptsType: (mediaType) => types.has(mediaType) || types.has('*/*'),
		isErrorStatus: (status) => additional.has(status) || (status >= 400 && !ignored.has(status)),
	};
}

/** What Crawlee's HTTP crawlers handle. */
const HANDLED_TYPES = ['text/html', 'application/xhtml+xml', 'text/xml', 'application/xml', 'application/json'];

function checkUrlRules(rules: NormalizeRules | undefined): void {
	try {
		new UrlKeys(rules);
	} catch (cause) {
		throw new InvalidOptionError(`urlRules cannot be used: ${cause instanceof Error ? cause.message : cause}`, {
			cause,
		});
	}
}

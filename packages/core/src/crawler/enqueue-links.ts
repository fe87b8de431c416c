import type { Dictionary, Request, RequestOptions } from '../crawlee.ts';
import type { FoundLinks, LinkTask } from '../links/found-links.ts';
import { linkRequest, type RequestSource, toNewRequest } from '../queue/new-request.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import type { NewRequest } from '../store/crawl-store.ts';
import { checkEnqueueLinks } from './check-enqueue-links.ts';
import { type LinkFilterOptions, linkFilter } from './link-filter.ts';
import type { Page } from './page.ts';

/** Why a link was not enqueued; Crawlee's words. */
export type SkippedReason = 'robotsTxt' | 'limit' | 'enqueueLimit' | 'filters' | 'redirect' | 'depth';
export type OnSkippedRequest = (skipped: { url: string; reason: SkippedReason }) => unknown;

/** What `enqueueLinks` can be told. Names and meanings are Crawlee's. */
export interface EnqueueLinksOptions extends LinkFilterOptions {
	/** The links to enqueue. Default: those of the page. */
	readonly urls?: readonly string[];
	/** A CSS selector for the elements whose links are enqueued. Default: every `a` and `area` with an address. */
	readonly selector?: string;
	/** What relative links are relative to. Default: the page's own address, and its `<base href>`. */
	readonly baseUrl?: string;
	/** The label of the new requests: which of the router's handlers gets them. */
	readonly label?: string;
	/** Laid into the new requests' `userData`. */
	readonly userData?: Dictionary;
	/** At most this many new links are enqueued. */
	readonly limit?: number;
	/** Ahead of what waits. */
	readonly forefront?: boolean;
	/** Requests of a higher priority go first. Default 0. */
	readonly priority?: number;
	/** The handler gets the new requests without their pages being fetched. */
	readonly skipNavigation?: boolean;
	/** May change each request, or drop it by answering nothing. */
	readonly transformRequestFunction?: (request: RequestOptions) => RequestOptions | false | null | undefined;
	readonly onSkippedRequest?: OnSkippedRequest;
	/** Links are always stored with their page, so this changes nothing; it is here because Crawlee has it. */
	readonly waitForAllRequestsToBeAdded?: boolean;
}

/** What of the page and the crawl `enqueueLinks` needs. */
export interface EnqueueLinksContext {
	readonly request: Request;
	readonly page: Page | undefined;
	readonly parentId: number;
	readonly maxCrawlDepth: number | undefined;
	readonly keys: UrlKeys;
	/** True when the request is surely stored already. */
	isKnown(uniqueKey: string): boolean;
	/** Answers false when the page has it already. */
	add(request: NewRequest): boolean;
	skipped: OnSkippedRequest;
	/** Finds the links of a page in another thread; undefined when it is better done here. */
	findElsewhere?(task: LinkTask): Promise<FoundLinks | undefined> | undefined;
	/** Tells the other threads of a link that is stored already. */
	stored?(uniqueKey: string): void;
}

/** What became of one link. */
export interface ProcessedRequest {
	readonly uniqueKey: string;
	/** Empty: the request gets its id when the page is stored. */
	readonly requestId: string;
	readonly wasAlreadyPresent: boolean;
	/** Always false: whether a known request is done is not looked up for a link. */
	readonly wasAlreadyHandled: boolean;
}

/** The answer of `enqueueLinks`, in the form of Crawlee's. */
export interface EnqueuedLinks {
	processedRequests: ProcessedRequest[];
	unprocessedRequests: never[];
}

type Strategy = NonNullable<LinkFilterOptions['strategy']>;
type LinkFacts = Parameters<typeof linkRequest>[2];

const NO_OPTIONS: EnqueueLinksOptions = {};
const DEFAULT_STRATEGY: Strategy = 'same-hostname';

/**
 * Finds the links of a page and puts those that fit into its transaction. A link is known by its normalised address
 * from the beginning; nothing is made of those that are in the store already.
 */
export async function enqueueLinks(
	context: EnqueueLinksContext,
	options: EnqueueLinksOptions = NO_OPTIONS,
): Promise<EnqueuedLinks> {
	if (options !== NO_OPTIONS) checkEnqueueLinks(options);
	const elsewhere = foundElsewhere(context, options);
	const found = elsewhere === undefined ? undefined : await elsewhere;
	if (found !== undefined) return addFound(context, options, found);
	const reports: unknown[] = [];
	const enqueued = addLinks(context, options, (what) => {
		reports.push(context.skipped(what), options.onSkippedRequest?.(what));
	});
	// One that fails fails the page: whoever keeps a list of what was skipped wants it whole.
	await Promise.all(reports);
	return enqueued;
}

/** A page whose links another thread may find: those of the whole page, when nobody wants to hear of each of them. */
function foundElsewhere(
	context: EnqueueLinksContext,
	options: EnqueueLinksOptions,
): Promise<FoundLinks | undefined> | undefined {
	const { request, page, maxCrawlDepth, findElsewhere } = context;
	if (findElsewhere === undefined || page === undefined || !page.isText || !isPlainLink(options)) return undefined;
	if (maxCrawlDepth !== undefined && request.crawlDepth >= maxCrawlDepth) return undefined;
	const { urls, selector, baseUrl, limit, onSkippedRequest, strategy, globs, regexps, exclude } = options;
	if (urls ?? selector ?? baseUrl ?? limit ?? onSkippedRequest) return undefined;
	const filter = {
		...(strategy && { strategy }),
		...(globs && { globs }),
		...(regexps && { regexps }),
		...(exclude && { exclude }),
	};
	return findElsewhere({ ...page.source, filter, from: { url: request.url, loadedUrl: request.loadedUrl } });
}

/** Adds what another thread has found. */
function addFound(context: EnqueueLinksContext, options: EnqueueLinksOptions, found: FoundLinks): EnqueuedLinks {
	const { request, keys, parentId } = context;
	const link = { crawlDepth: request.crawlDepth + 1, label: options.label, parentId };
	const strategy = strategyOf(options);
	const added = new Set<string>();
	for (const url of found.fresh) {
		const uniqueKey = keys.of(url);
		if (context.isKnown(uniqueKey)) context.stored?.(uniqueKey);
		else if (context.add(plainRequest(url, uniqueKey, link, strategy))) added.add(uniqueKey);
	}
	return new FoundElsewhere(found.lines, keys, added);
}

/** The answer for links that another thread has found: made of its lines only when somebody looks at it. */
class FoundElsewhere implements EnqueuedLinks {
	readonly unprocessedRequests: never[] = [];
	readonly #lines: string;
	readonly #keys: UrlKeys;
	readonly #added: ReadonlySet<string>;
	#processed: ProcessedRequest[] | undefined;

	constructor(lines: string, keys: UrlKeys, added: ReadonlySet<string>) {
		this.#lines = lines;
		this.#keys = keys;
		this.#added = added;
	}

	get processedRequests(): ProcessedRequest[] {
		this.#processed ??= this.#lines === '' ? [] : this.#lines.split('\n').map((url) => this.#requestOf(url));
		return this.#processed;
	}

	#requestOf(url: string): ProcessedRequest {
		const uniqueKey = this.#keys.of(url);
		return { uniqueKey, requestId: '', wasAlreadyPresent: !this.#added.has(uniqueKey), wasAlreadyHandled: false };
	}
}

/** All at once, so that a handler that forgot to wait for it loses nothing. */
function addLinks(
	context: EnqueueLinksContext,
	options: EnqueueLinksOptions,
	skipped: (what: { url: string; reason: SkippedReason }) => void,
): EnqueuedLinks {
	const { request, page } = context;
	const crawlDepth = request.crawlDepth + 1;
	const urls = findUrls(page, options, request.loadedUrl ?? request.url);
	if (context.maxCrawlDepth !== undefined && crawlDepth > context.maxCrawlDepth) {
		for (const url of urls) skipped({ url, reason: 'depth' });
		return { processedRequests: [], unprocessedRequests: [] };
	}
	const accepts = linkFilter(options, { url: request.url, loadedUrl: request.loadedUrl });
	const strategy = strategyOf(options);
	const isPlain = isPlainLink(options);
	const limit = options.limit ?? Number.POSITIVE_INFINITY;
	const processedRequests: ProcessedRequest[] = [];
	let added = 0;
	for (const url of urls) {
		if (!accepts(url)) {
			skipped({ url, reason: 'filters' });
			continue;
		}
		const uniqueKey = context.keys.of(url);
		if (isPlain && context.isKnown(uniqueKey)) {
			processedRequests.push({ uniqueKey, requestId: '', wasAlreadyPresent: true, wasAlreadyHandled: false });
			continue;
		}
		if (added >= limit) {
			skipped({ url, reason: 'enqueueLimit' });
			continue;
		}
		const link = { crawlDepth, label: options.label, parentId: context.parentId };
		const made = isPlain
			? plainRequest(url, uniqueKey, link, strategy)
			: customRequest(url, { ...options, strategy }, link, context.keys);
		if (made === undefined) {
			skipped({ url, reason: 'filters' });
			continue;
		}
		const wasAlreadyPresent = context.isKnown(made.uniqueKey) || !context.add(made);
		if (!wasAlreadyPresent) added++;
		processedRequests.push({ uniqueKey: made.uniqueKey, requestId: '', wasAlreadyPresent, wasAlreadyHandled: false });
	}
	return { processedRequests, unprocessedRequests: [] };
}

function findUrls(page: Page | undefined, options: EnqueueLinksOptions, loadedUrl: string): readonly string[] {
	const { urls, selector, baseUrl } = options;
	if (urls !== undefined) return urls.flatMap((url) => absoluteUrl(url, baseUrl ?? loadedUrl));
	if (page === undefined) {
		throw new Error('enqueueLinks has no page to take links from; give it `urls`.');
	}
	if (selector === undefined && baseUrl === undefined) return page.urls();
	return page.urlsOf(selector ?? 'a, area', baseUrl ?? loadedUrl);
}

function absoluteUrl(url: string, baseUrl: string): string[] {
	const parsed = URL.parse(url, baseUrl);
	if (parsed === null || !/^https?:$/.test(parsed.protocol)) return [];
	parsed.hash = '';
	return [parsed.href];
}

/** True when the address says all that there is to say of a link. */
function isPlainLink(options: EnqueueLinksOptions): boolean {
	const { userData, transformRequestFunction, skipNavigation, forefront, priority } = options;
	return !(userData || transformRequestFunction || skipNavigation || forefront || priority);
}

/** How far the link may lead, and the redirects behind it: as in Crawlee, patterns say it all where there are some. */
function strategyOf({ strategy, globs, regexps }: EnqueueLinksOptions): Strategy {
	return strategy ?? (globs?.length || regexps?.length ? 'all' : DEFAULT_STRATEGY);
}

/** The default strategy goes without saying: most links are stored as their address and nothing else. */
function plainRequest(url: string, uniqueKey: string, link: LinkFacts, strategy: Strategy): NewRequest {
	const made = linkRequest(url, uniqueKey, link);
	return strategy === DEFAULT_STRATEGY ? made : { ...made, data: { enqueueStrategy: strategy } };
}

function customRequest(
	url: string,
	options: EnqueueLinksOptions,
	link: LinkFacts,
	keys: UrlKeys,
): NewRequest | undefined {
	const { label, userData, skipNavigation, strategy, forefront, priority } = options;
	const source: RequestSource = {
		url,
		crawlDepth: link.crawlDepth,
		...(label !== undefined && { label }),
		userData: { ...userData },
		...(skipNavigation === true && { skipNavigation }),
		...(strategy !== undefined && { enqueueStrategy: strategy as NonNullable<RequestSource['enqueueStrategy']> }),
		...(priority !== undefined && { priority }),
	};
	const transform = options.transformRequestFunction;
	const transformed = transform ? transform(source as RequestOptions) : source;
	if (!transformed) return undefined;
	return toNewRequest(transformed as RequestSource, keys, { forefront, parentId: link.parentId });
}

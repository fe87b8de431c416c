import type { HttpClient } from '@orbweaver/http';
import type { CheerioAPI } from '@orbweaver/parser';
import type {
	Dictionary,
	KeyValueStore,
	LoadedRequest,
	Log,
	ProxyInfo,
	Request,
	RequestOptions,
	RestrictedCrawlingContext,
	Session,
} from '../crawlee.ts';
import type { LinkFinder } from '../links/link-finder.ts';
import type { Sources } from '../queue/add-batched.ts';
import { checkSources, isObject } from '../queue/check-source.ts';
import { detachedSources } from '../queue/detached-source.ts';
import { type RequestSource, toNewRequest } from '../queue/new-request.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import { errorOf } from '../thrown-error.ts';
import type { Crawler } from './crawler.ts';
import type { ResolvedOptions } from './crawler-options.ts';
import { type EnqueuedLinks, type EnqueueLinksOptions, enqueueLinks, type OnSkippedRequest } from './enqueue-links.ts';
import { heardOr } from './heard-promise.ts';
import type { ContentType, Page, PageResponse } from './page.ts';
import type { PageTransaction } from './page-transaction.ts';
import { type SendRequestOptions, type SentResponse, sendRequest } from './send-request.ts';

/**
 * What a handler is given: the page and the ways to go on from it. The members are those of Crawlee's `CheerioCrawler`.
 *
 * What is pushed and enqueued is stored together with the mark that the page is handled, or not at all when the handler
 * throws.
 */
export interface CrawlerContext<UserData extends Dictionary = Dictionary> extends RestrictedCrawlingContext<UserData> {
	request: LoadedRequest<Request<UserData>>;
	/** The answer of the server: status and headers. Undefined in an error handler when there was none. */
	response: PageResponse;
	/** Text for text, bytes for the rest. */
	body: string | Buffer;
	contentType: ContentType;
	/** cheerio's API over the page, made on first use. */
	$: CheerioAPI;
	/** The parsed body of a JSON answer. */
	json: unknown;
	session?: Session;
	proxyInfo?: ProxyInfo;
	crawler: Crawler;
	log: Log;
	/** Follows the links of the page. */
	enqueueLinks(options?: EnqueueLinksOptions): Promise<EnqueuedLinks>;
	/** Adds requests of one's own, one level deeper than this page. */
	addRequests: (
		requests: readonly (string | RequestSource)[] | Parameters<RestrictedCrawlingContext['addRequests']>[0],
		options?: { readonly forefront?: boolean | undefined },
	) => Promise<void>;
	/** Adds rows to a dataset; the default one when no name is given. */
	pushData(data: object | readonly object[], datasetName?: string): Promise<void>;
	/** Opens a key-value store of the crawl; the default one when no name is given. */
	getKeyValueStore: (name?: string) => Promise<KeyValueStore>;
	/** Sends another request, with the crawler's limits on size and time but past the queue and the domain's limits. */
	sendRequest<Body = string>(options?: SendRequestOptions): Promise<SentResponse<Body>>;
}

/** What a context is made of. */
export interface ContextParts {
	readonly id: string;
	readonly request: Request;
	readonly parentId: number;
	readonly page: Page | undefined;
	readonly transaction: PageTransaction;
	readonly session: Session | undefined;
	readonly proxyInfo: ProxyInfo | undefined;
	readonly crawler: Crawler;
	readonly log: Log;
	readonly client: HttpClient;
	readonly options: ResolvedOptions;
	readonly maxCrawlDepth: number | undefined;
	readonly keys: UrlKeys;
	/** Other threads that find links, when there are any, and nobody wants to hear of each link. */
	readonly linkFinder: LinkFinder | undefined;
	isKnown(uniqueKey: string): boolean;
	skipped: OnSkippedRequest;
	/** Checks the `userData` of a new request against the router's schema, if it has one. */
	validate(source: RequestSource): Promise<void>;
	keyValueStore(name?: string): Promise<KeyValueStore>;
	useState<State extends Dictionary>(defaultValue?: State): Promise<State>;
}

/** Makes the context of one page. `$`, `body` and `json` are read from the page only when the handler asks. */
export function crawlingContext(parts: ContextParts): CrawlerContext {
	const { request, page, transaction, crawler, log, session, proxyInfo } = parts;
	const context = {
		id: parts.id,
		request,
		crawler,
		log,
		session,
		proxyInfo,
		get response() {
			return page?.response;
		},
		get body() {
			return page?.body;
		},
		get contentType() {
			return page?.contentType;
		},
		get $() {
			return page?.$;
		},
		get json() {
			return page?.json;
		},
		enqueueLinks: (options?: EnqueueLinksOptions) =>
			transaction.call('enqueueLinks', () => enqueueOnPage(parts, options)),
		addRequests: (sources: Sources, options: { forefront?: boolean } = {}) =>
			transaction.call('addRequests', () => addOwnRequests(parts, sources, options?.forefront)),
		pushData: (data: object | readonly object[], datasetName?: string) =>
			transaction.call('pushData', () => transaction.pushData(data, datasetName)),
		sendRequest: (options: SendRequestOptions = {}) =>
			heardOr(
				(error) => log.error(`sendRequest of ${request.url} failed, and nobody awaits it: ${errorOf(error).message}`),
				() => sendRequest(parts, options),
			),
		getKeyValueStore: parts.keyValueStore,
		useState: parts.useState,
	};
	return context as unknown as CrawlerContext;
}

async function enqueueOnPage(parts: ContextParts, options?: EnqueueLinksOptions): Promise<EnqueuedLinks> {
	if (options?.label !== undefined || options?.userData !== undefined) {
		await parts.validate({ label: options.label, userData: options.userData } as RequestSource);
	}
	const { request, page, parentId, maxCrawlDepth, keys, isKnown, skipped, transaction, linkFinder } = parts;
	const add = transaction.addRequest.bind(transaction);
	const elsewhere = linkFinder && {
		findElsewhere: linkFinder.find.bind(linkFinder),
		stored: linkFinder.stored.bind(linkFinder),
	};
	const context = { request, page, parentId, maxCrawlDepth, keys, isKnown, skipped, add, ...elsewhere };
	return enqueueLinks(context, options);
}

/** Requests of a list are taken as they are at the call: a caller that does not wait may go on to change them. */
async function addOwnRequests(parts: ContextParts, sources: Sources, forefront: boolean | undefined): Promise<void> {
	checkSources('addRequests', sources);
	for await (const source of detachedSources(sources)) {
		const own = ownRequest(parts, isObject(source) ? (source as RequestSource) : { url: source });
		await parts.validate(own);
		if (parts.maxCrawlDepth !== undefined && (own.crawlDepth ?? 0) > parts.maxCrawlDepth) {
			await parts.skipped({ url: String(own.url), reason: 'depth' });
			continue;
		}
		parts.transaction.addRequest(toNewRequest(own, parts.keys, { forefront, parentId: parts.parentId }));
	}
}

/** The request with its address made absolute, one level deeper than the page. */
function ownRequest({ request }: ContextParts, source: RequestSource): RequestSource {
	const { url } = source;
	const absolute = typeof url === 'string' ? URL.parse(url, request.loadedUrl ?? request.url)?.href : undefined;
	return {
		...source,
		...(absolute !== undefined && { url: absolute }),
		crawlDepth: source.crawlDepth ?? request.crawlDepth + 1,
		// Whoever names a URL means it: a redirect may lead anywhere.
		enqueueStrategy: source.enqueueStrategy ?? ('all' as NonNullable<RequestOptions['enqueueStrategy']>),
	};
}

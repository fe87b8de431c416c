import type { RobotsRecords } from '../robots/robots-cache.ts';
import type { CrawleeQueueStore } from './crawlee-queue-store.ts';
import type { ItemStore, NewItem, NewRejectedItem } from './item-store.ts';
import type { RecordChange, RecordStore } from './record-store.ts';
import type { RequestHistory } from './request-history.ts';

/** HTTP methods that a request may use. */
export type RequestMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE' | 'CONNECT';

/** What a request carries beside its address. It is stored as JSON, and only when there is something to store. */
export interface RequestData {
	readonly payload?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly userData?: Readonly<Record<string, unknown>>;
	readonly noRetry?: boolean;
	readonly maxRetries?: number;
	readonly skipNavigation?: boolean;
	readonly enqueueStrategy?: string;
	readonly sessionRotationCount?: number;
	readonly errorMessages?: readonly string[];
	/** The addresses that led here by redirects, first one first. */
	readonly redirectedFrom?: readonly string[];
	/** The session that met the redirect, so that its cookies go along. */
	readonly sessionId?: string;
}

/** A request on its way into the store. */
export interface NewRequest {
	/** Two requests with the same key are the same request; the second is not stored. */
	readonly uniqueKey: string;
	readonly url: string;
	/** Host name, with the port where it is not the scheme's own: the unit of politeness. */
	readonly domain: string;
	readonly method: RequestMethod;
	readonly label?: string | undefined;
	/** Higher goes first; requests of the same priority go by age. */
	readonly priority: number;
	readonly crawlDepth: number;
	readonly data?: RequestData | undefined;
	/** The stored id of the page that linked here. */
	readonly parentId?: number | undefined;
}

/** A request that the store handed out: nobody else gets it until it is committed or released. */
export interface LeasedRequest extends NewRequest {
	readonly id: number;
	readonly retryCount: number;
}

/** What became of one addition. */
export interface AddedRequest {
	readonly id: number;
	readonly wasAlreadyPresent: boolean;
	readonly wasAlreadyHandled: boolean;
}

/** How the work on a leased request ended. */
export type PageOutcome =
	| { readonly status: 'handled'; readonly loadedUrl?: string | undefined; readonly httpStatus?: number | undefined }
	| { readonly status: 'failed'; readonly error: string; readonly httpStatus?: number | undefined }
	| { readonly status: 'skipped'; readonly reason: string }
	| { readonly status: 'redirected'; readonly loadedUrl: string; readonly httpStatus: number }
	| {
			readonly status: 'delayed';
			/** Not again before this time, milliseconds since the epoch. */
			readonly notBefore: number;
			readonly retryCount: number;
			/** Why; empty when it is no failure that makes it come back. */
			readonly error: string;
			/** The answer that the try has had, if any. */
			readonly httpStatus?: number | undefined;
			readonly data?: RequestData | undefined;
			readonly priority?: number | undefined;
	  };

/** Everything that one page leaves behind. It is stored whole or not at all. */
export interface PageCommit {
	readonly id: number;
	readonly retryCount: number;
	readonly outcome: PageOutcome;
	readonly requests: readonly NewRequest[];
	readonly items: readonly NewItem[];
	/** Values of key-value stores that the page has changed, in order. */
	readonly records?: readonly RecordChange[] | undefined;
	/** Rows that did not fit their schema. */
	readonly rejected?: readonly NewRejectedItem[] | undefined;
}

/** How many requests are in which state. */
export interface StoreCounts {
	/** Ready to be leased now. */
	readonly waiting: number;
	/** Waiting for a time in the future (a retry). */
	readonly delayed: number;
	readonly leased: number;
	readonly handled: number;
	readonly failed: number;
	readonly skipped: number;
	readonly redirected: number;
}

/** A domain that has requests ready to be leased. */
export interface WaitingDomain {
	readonly name: string;
	/** Nothing of this domain may be fetched before this time, milliseconds since the epoch; 0 when it is free. */
	readonly blockedUntil: number;
}

/** A request that was given up. */
export interface FailedRequest {
	readonly url: string;
	readonly error: string;
	/** Missing when there was no answer. */
	readonly httpStatus?: number | undefined;
	/** The page that linked to it; missing for what was added by hand. */
	readonly foundOn?: string | undefined;
}

/**
 * Where a crawl lives: its requests, its results and what it knows of the domains.
 *
 * The life of a request: `add` stores it as waiting → `lease` hands it to exactly one taker → the taker owes the store
 * either `commit` (it is handled, failed, skipped, redirected, or delayed to a later time) or `release` (it waits again,
 * as if nothing had happened). A taker that dies owes nothing: opening the store again makes what was leased wait again.
 *
 * A promise that resolves means that the change survives a killed process. A promise that rejects means that nothing of
 * the change was stored; the store then refuses everything until it is opened again, so that nobody builds on a gap.
 */
export interface CrawlStore extends ItemStore, RecordStore, AsyncDisposable {
	/** The file that holds it, or `:memory:`. */
	readonly path: string;
	/**
	 * Stores what is not there yet; answers in the order of `requests`.
	 *
	 * What is there only because a redirect led to it (`data.redirectedFrom`) has the label of whatever was redirected. The
	 * first request with another label that no redirect made takes it over: it gets its label and data, and when the work on
	 * it is done already, it waits anew and is answered as new. So does a redirect with a label where there is none.
	 */
	add(requests: readonly NewRequest[]): Promise<AddedRequest[]>;
	/** Up to `limit` waiting requests of one domain, by priority, then by age. */
	lease(domain: string, limit: number): Promise<LeasedRequest[]>;
	/**
	 * Stores all that a page leaves behind in one transaction; answers the domains that got new requests.
	 * Several pages may share a transaction; each is whole.
	 */
	commit(page: PageCommit): Promise<ReadonlySet<string>>;
	/** Gives leased requests back untouched. */
	release(ids: readonly number[]): Promise<void>;
	/** Domains with waiting requests that are not in `except`, those first that may be fetched first. */
	domains(limit: number, except: (domain: string) => boolean): Promise<WaitingDomain[]>;
	/** Remembers that nothing of `domain` may be fetched before `until` (milliseconds since the epoch). */
	block(domain: string, until: number): Promise<void>;
	/** Requests that were given up, in the order of their addition. */
	failedRequests(range: { offset: number; limit: number }): Promise<FailedRequest[]>;
	/**
	 * Makes all requests wait again that were given up, with all their tries before them. That they had failed stays in
	 * their histories. Answers how many there were.
	 */
	retryFailed(): Promise<number>;
	/** All that is known of the request with this key. */
	history(uniqueKey: string): Promise<RequestHistory | undefined>;
	/** How many rows did not fit their schema. */
	rejectedCount(): number;
	/** When the first delayed request is due (milliseconds since the epoch), if there is one. */
	nextDelayed(): number | undefined;
	/** Current counts, those of changes under way included as soon as they are stored. */
	counts(): StoreCounts;
	/** What is known of the robots.txt files. */
	readonly robots: RobotsRecords;
	/** Queues of Crawlee's own crawlers. */
	readonly crawleeQueues: CrawleeQueueStore;
	/** Removes every request, those of Crawlee's queues too, and every result. */
	clear(): Promise<void>;
	/** Finishes what is under way and lets go of the file. */
	close(): Promise<void>;
}

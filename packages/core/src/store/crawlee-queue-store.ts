/** A request of a queue of Crawlee's, on its way into the store. */
export interface NewCrawleeRequest {
	/** Two requests of a queue with the same id are the same request. */
	readonly id: string;
	readonly json: string;
	readonly isHandled: boolean;
}

/** A request of a queue of Crawlee's, as it was stored. */
export interface StoredCrawleeRequest {
	readonly id: string;
	readonly json: string;
}

/** What the queue knew of a request before. */
export interface KnownCrawleeRequest {
	readonly wasAlreadyPresent: boolean;
	readonly wasAlreadyHandled: boolean;
}

export interface CrawleeQueueFacts {
	readonly name: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	/** When a request was last added, changed or removed, milliseconds since the epoch. */
	readonly modifiedAt: number;
	readonly totalCount: number;
	readonly handledCount: number;
}

/** Where in the queue a request goes: before all others, or after them. */
export interface PlaceInQueue {
	readonly forefront: boolean;
}

/** A claim on requests: nobody else gets them before a time. */
export interface CrawleeLock {
	/** Milliseconds since the epoch. */
	readonly until: number;
	/** Who claims them; those who give no name are one. */
	readonly client: string | undefined;
}

/**
 * Named queues of Crawlee's own crawlers. They have nothing to do with the requests of the crawl that the store is for.
 *
 * A crawler locks some requests in advance (`lockHead`) and each once more when its work begins (`prolongLock`). A lock ends
 * at its time, or when its holder gives it up, or when the store is opened again: whoever held it is dead. A request that
 * is handled has no lock. A queue that is missing is an empty one; adding makes it.
 */
export interface CrawleeQueueStore {
	/** Creates the queue when it is missing. */
	open(queue: string): Promise<CrawleeQueueFacts>;
	find(queue: string): Promise<CrawleeQueueFacts | undefined>;
	list(): Promise<CrawleeQueueFacts[]>;
	/** Answers false when there is no such queue, or one of the new name already. */
	rename(queue: string, newName: string): Promise<boolean>;
	drop(queue: string): Promise<void>;
	/** Stores what is not there yet, each one in front of all others or behind them; answers in their order. */
	add(queue: string, requests: readonly NewCrawleeRequest[], place: PlaceInQueue): Promise<KnownCrawleeRequest[]>;
	/** Replaces a request, or adds it. One that is not handled goes to its new place and stays locked. */
	update(queue: string, request: NewCrawleeRequest, place: PlaceInQueue): Promise<KnownCrawleeRequest>;
	get(queue: string, id: string): Promise<string | undefined>;
	remove(queue: string, id: string): Promise<void>;
	/** The first requests that are not handled, locked or not. */
	head(queue: string, limit: number): Promise<StoredCrawleeRequest[]>;
	/** Locks the first requests that are neither handled nor locked; tells whether the queue then has locked ones. */
	lockHead(
		queue: string,
		limit: number,
		lock: CrawleeLock,
	): Promise<{ requests: StoredCrawleeRequest[]; hasLocked: boolean }>;
	/** Answers false when the request is missing, handled or locked by somebody else. */
	prolongLock(queue: string, id: string, lock: CrawleeLock, place: PlaceInQueue): Promise<boolean>;
	/** Answers false when the client has no lock on it. Unless it goes in front, the request keeps its place. */
	unlock(queue: string, id: string, client: string | undefined, place: PlaceInQueue): Promise<boolean>;
	/**
	 * Ends the locks, in all queues, under which no work has begun. A holder that still wants to begin gets its lock back
	 * from `prolongLock`, unless somebody else was first.
	 */
	freeReserved(): Promise<void>;
}

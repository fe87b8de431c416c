import { AsyncLocalStorage } from 'node:async_hooks';
import type { NewRequest } from '../store/crawl-store.ts';
import type { RecordChange } from '../store/record-store.ts';
import type { StorageHandle } from './storage-handle.ts';

/** Something else that a page changes, and that is stored with it or taken back. */
export interface TransactionPart {
	/** What is stored with the page. */
	commit(): readonly RecordChange[];
	/** The page failed: nothing of it may stay. */
	rollBack(): void;
}

/**
 * Where the writes of a handler go: into the transaction of its page, whichever way it writes. `Dataset.pushData` and
 * `KeyValueStore.setValue`, which know of no page, find it here.
 */
export interface PageWrites {
	/** The storage that the page will be stored in; writes to another one are none of the page's. */
	readonly storage: StorageHandle;
	/** The stored id of the page. */
	readonly pageId: number;
	pushData(data: unknown, dataset?: string): Promise<void>;
	/** Runs a call of the handler, which the page waits for; it fails when the call does and nobody awaits it. */
	call<T>(name: string, work: () => Promise<T>): Promise<T>;
	/** Answers false when the page has added it before. */
	addRequest(request: NewRequest): boolean;
	changeRecord(change: RecordChange): void;
	/** What the page has changed in a key-value store so far, by key. */
	changedRecords(store: string): ReadonlyMap<string, RecordChange>;
	/** Makes `part` share the fate of the page. */
	attach(part: TransactionPart): void;
	/** @throws Error when the page is done already. */
	check(call: string): void;
}

const current = new AsyncLocalStorage<PageWrites>();

/** Runs `work`; what it writes to the page's storage, now or later, belongs to the page. */
export function writingFor<T>(page: PageWrites, work: () => T): T {
	return current.run(page, work);
}

/** Whose writes to `storage` these are, when a handler makes them. */
export function pageWrites(storage: StorageHandle): PageWrites | undefined {
	const page = current.getStore();
	return page?.storage === storage ? page : undefined;
}

import { type ItemCheck, itemJson } from '../items/item-json.ts';
import type { PageWrites, TransactionPart } from '../storage/page-writes.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { NewRequest, PageCommit } from '../store/crawl-store.ts';
import type { NewItem, NewRejectedItem } from '../store/item-store.ts';
import type { RecordChange } from '../store/record-store.ts';

/** What a transaction is told of its page. */
export interface TransactionOptions {
	readonly url: string;
	readonly pageId: number;
	readonly storage: StorageHandle;
	/** Looks at each row before it is kept. Default: every row fits. */
	readonly checkItem?: ItemCheck | undefined;
}

/** What a page leaves behind, beside how it ended. */
export type PageResults = Required<Pick<PageCommit, 'requests' | 'items'>> & Pick<PageCommit, 'records' | 'rejected'>;

/**
 * What a handler pushes, enqueues and sets while it works on a page. It is stored together with the mark that the page is
 * handled, or, when the handler fails, not at all.
 */
export class PageTransaction implements PageWrites {
	readonly storage: StorageHandle;
	readonly pageId: number;
	readonly #url: string;
	readonly #checkItem: ItemCheck | undefined;
	readonly #requests = new Map<string, NewRequest>();
	readonly #items: NewItem[] = [];
	readonly #rejected: NewRejectedItem[] = [];
	readonly #records = new Map<string, Map<string, RecordChange>>();
	readonly #parts = new Set<TransactionPart>();
	#isOpen = true;
	#pending = 0;
	#whenIdle: (() => void) | undefined;

	constructor(options: TransactionOptions) {
		this.storage = options.storage;
		this.pageId = options.pageId;
		this.#url = options.url;
		this.#checkItem = options.checkItem;
	}

	/**
	 * Answers false when the page has added it before.
	 *
	 * @throws Error when the page is done already: the caller did not wait for something.
	 */
	addRequest(request: NewRequest): boolean {
		this.check('addRequests or enqueueLinks');
		if (this.#requests.has(request.uniqueKey)) return false;
		this.#requests.set(request.uniqueKey, request);
		return true;
	}

	/**
	 * Keeps rows; those that do not fit their schema are kept with the reason, apart from the others.
	 *
	 * @throws Error when the page is done already, TypeError when the data is no JSON object.
	 */
	async pushData(data: unknown, dataset = 'default'): Promise<void> {
		this.check('pushData');
		const list = Array.isArray(data) ? data : [data];
		// All are looked at before the first is kept: a list with a bad row leaves nothing.
		const rows = list.map((item) => ({ dataset, json: itemJson(item) }));
		const checkItem = this.#checkItem;
		if (checkItem === undefined) {
			for (const row of rows) this.#items.push(row);
			return;
		}
		await this.during(async () => {
			const verdicts = await Promise.all(rows.map(({ json }) => checkItem(json)));
			this.check('pushData');
			for (const verdict of verdicts) {
				if (verdict.reason === undefined) this.#items.push({ dataset, json: verdict.json });
				else this.#rejected.push({ dataset, json: verdict.json, reason: verdict.reason });
			}
		});
	}

	changeRecord(change: RecordChange): void {
		this.check('setValue');
		const changed = this.#records.get(change.store) ?? new Map<string, RecordChange>();
		changed.set(change.key, change);
		this.#records.set(change.store, changed);
	}

	changedRecords(store: string): ReadonlyMap<string, RecordChange> {
		return this.#records.get(store) ?? new Map();
	}

	attach(part: TransactionPart): void {
		this.#parts.add(part);
	}

	/** Runs what adds to the transaction over time, so that a handler that forgets to wait for it loses nothing. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.#pending++;
		try {
			return await work();
		} finally {
			this.#pending--;
			if (this.#pending === 0) this.#whenIdle?.();
		}
	}

	/** Resolves when nothing runs that adds to the transaction. */
	async idle(): Promise<void> {
		if (this.#pending === 0) return;
		await new Promise<void>((resolve) => {
			this.#whenIdle = resolve;
		});
	}

	/** Ends the transaction with all that it holds; nothing can be added any more. */
	close(): PageResults {
		this.#isOpen = false;
		const records = [...this.#records.values()].flatMap((changed) => [...changed.values()]);
		for (const part of this.#parts) records.push(...part.commit());
		return {
			requests: [...this.#requests.values()],
			items: this.#items,
			...(records.length > 0 && { records }),
			...(this.#rejected.length > 0 && { rejected: this.#rejected }),
		};
	}

	/** Ends the transaction without a trace. */
	rollBack(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		for (const part of this.#parts) part.rollBack();
	}

	check(call: string): void {
		if (this.#isOpen) return;
		throw new Error(
			`${call} was called after the handler of ${this.#url} had ended; \`await\` every call in the handler so that nothing is lost.`,
		);
	}
}

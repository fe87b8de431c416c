import { setImmediate as turn } from 'node:timers/promises';
import { InvalidOptionError } from '../errors.ts';
import { type ItemCheck, itemJson } from '../items/item-json.ts';
import { checkText } from '../storage/check-argument.ts';
import type { PageWrites, TransactionPart } from '../storage/page-writes.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { NewRequest, PageCommit } from '../store/crawl-store.ts';
import type { NewItem, NewRejectedItem } from '../store/item-store.ts';
import type { RecordChange } from '../store/record-store.ts';
import { errorOf } from '../thrown-error.ts';
import { heardOr } from './heard-promise.ts';
import { LateCallError } from './late-call-error.ts';
import { reportUnheard } from './unheard-error.ts';

/** What a transaction is told of its page. */
export interface TransactionOptions {
	readonly url: string;
	readonly pageId: number;
	readonly storage: StorageHandle;
	/** Looks at each row before it is kept. Default: every row fits. */
	readonly checkItem?: ItemCheck | undefined;
	/** Told of a call that came too late, once for each of their names, when nobody awaits it. */
	readonly late?: ((error: LateCallError) => void) | undefined;
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
	readonly #late: (error: LateCallError) => void;
	readonly #toldOf = new Set<string>();
	#isOpen = true;
	#pending = 0;
	#hasFailedCall = false;
	/** What a call has thrown that nobody awaits. */
	#unheard: Error | undefined;
	#whenIdle: (() => void) | undefined;

	constructor(options: TransactionOptions) {
		this.storage = options.storage;
		this.pageId = options.pageId;
		this.#url = options.url;
		this.#checkItem = options.checkItem;
		this.#late = options.late ?? (() => {});
	}

	/**
	 * Runs a call of the handler at once. What it throws is for whoever awaits it. When nobody does, it is the page that
	 * fails, by `idle`; or, when the page is done already, `late` is told.
	 */
	call<T>(name: string, work: () => Promise<T>): Promise<T> {
		const unheard = (error: unknown): void => this.#blame(errorOf(error));
		return heardOr(unheard, async () => {
			this.check(name);
			try {
				return await this.during(work);
			} catch (thrown) {
				const error = errorOf(thrown);
				reportUnheard(error, () => unheard(error));
				throw error;
			}
		});
	}

	/**
	 * Answers false when the page has added it before.
	 *
	 * @throws LateCallError when the page is done already: the caller did not wait for something.
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
	 * @throws LateCallError when the page is done already, InvalidOptionError when the data is no JSON object or the dataset
	 * no name.
	 */
	async pushData(data: unknown, dataset: unknown = 'default'): Promise<void> {
		this.check('pushData');
		await this.#push(data, datasetName(dataset));
	}

	async #push(data: unknown, dataset: string): Promise<void> {
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
		} catch (error) {
			this.#hasFailedCall = true;
			throw error;
		} finally {
			this.#pending--;
			if (this.#pending === 0) this.#whenIdle?.();
		}
	}

	/**
	 * Resolves when nothing runs that adds to the transaction.
	 *
	 * @throws what a call has thrown that nobody awaits.
	 */
	async idle(): Promise<void> {
		if (this.#pending > 0) {
			await new Promise<void>((resolve) => {
				this.#whenIdle = resolve;
			});
		}
		if (this.#hasFailedCall) {
			// Only after the turn of the failure is it clear that nobody awaits the call; and after one more, that it was told.
			await turn();
			await turn();
		}
		if (this.#unheard !== undefined) throw this.#unheard;
	}

	/** Ends the transaction with all that it holds; nothing can be added any more. */
	close(): PageResults {
		const records = [...this.#records.values()].flatMap((changed) => [...changed.values()]);
		for (const part of this.#parts) records.push(...part.commit());
		// Not before: when a part has something that cannot be stored, all of them are still to be rolled back.
		this.#isOpen = false;
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

	/** @throws LateCallError when the page is done already. */
	check(call: string): void {
		if (this.#isOpen) return;
		const error = new LateCallError(call, this.#url);
		reportUnheard(error, () => this.#blame(error));
		throw error;
	}

	/** Nobody awaits what has thrown `error`. When its page has failed otherwise, that is all there is to say. */
	#blame(error: Error): void {
		if (this.#isOpen) {
			this.#unheard ??= error;
		} else if (error instanceof LateCallError && !this.#toldOf.has(error.call)) {
			this.#toldOf.add(error.call);
			this.#late(error);
		}
	}
}

function datasetName(dataset: unknown): string {
	if (typeof dataset !== 'number') return checkText('name of the dataset for pushData', dataset);
	throw new InvalidOptionError(
		`name of the dataset for pushData must be a text, not ${dataset}. In rows.map(pushData) it is the index of the row: give the whole list, pushData(rows).`,
	);
}

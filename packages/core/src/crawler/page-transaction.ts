import { inspect } from 'node:util';
import type { NewItem, NewRequest } from '../store/crawl-store.ts';

/**
 * What a handler pushes and enqueues while it works on a page. It is stored together with the mark that the page is
 * handled, or, when the handler fails, not at all.
 */
export class PageTransaction {
	readonly #url: string;
	readonly #requests = new Map<string, NewRequest>();
	readonly #items: NewItem[] = [];
	#isOpen = true;
	#pending = 0;
	#whenIdle: (() => void) | undefined;

	constructor(url: string) {
		this.#url = url;
	}

	/**
	 * Answers false when the page has added it before.
	 *
	 * @throws Error when the page is done already: the caller did not wait for something.
	 */
	addRequest(request: NewRequest): boolean {
		this.#check('addRequests or enqueueLinks');
		if (this.#requests.has(request.uniqueKey)) return false;
		this.#requests.set(request.uniqueKey, request);
		return true;
	}

	/** @throws Error when the page is done already, TypeError when the data is no JSON object. */
	pushData(data: unknown, dataset = 'default'): void {
		this.#check('pushData');
		// All are looked at before the first is kept: a list with a bad row leaves nothing.
		const rows = (Array.isArray(data) ? data : [data]).map((item) => ({ dataset, json: itemJson(item) }));
		for (const row of rows) this.#items.push(row);
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

	/** Ends the transaction; nothing can be added any more. */
	close(): { requests: NewRequest[]; items: NewItem[] } {
		this.#isOpen = false;
		return { requests: [...this.#requests.values()], items: this.#items };
	}

	#check(call: string): void {
		if (this.#isOpen) return;
		throw new Error(
			`${call} was called after the handler of ${this.#url} had ended; \`await\` every call in the handler so that nothing is lost.`,
		);
	}
}

/** @throws TypeError for what is no object, or cannot be written as JSON. */
export function itemJson(item: unknown): string {
	const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
	const json = isObject ? JSON.stringify(item) : undefined;
	// A Date is an object that is written as text.
	if (json?.startsWith('{')) return json;
	const shown = inspect(item, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 100 });
	throw new TypeError(`pushData takes an object or an array of objects, got ${shown}.`);
}

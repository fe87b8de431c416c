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

	constructor(url: string) {
		this.#url = url;
	}

	/** @throws Error when the page is done already: the caller did not wait for something. */
	addRequest(request: NewRequest): void {
		this.#check('addRequests or enqueueLinks');
		if (!this.#requests.has(request.uniqueKey)) this.#requests.set(request.uniqueKey, request);
	}

	/** @throws Error when the page is done already, TypeError when the data is no JSON object. */
	pushData(data: unknown, dataset = 'default'): void {
		this.#check('pushData');
		for (const item of Array.isArray(data) ? data : [data]) {
			this.#items.push({ dataset, json: itemJson(item) });
		}
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
	if (json === undefined) {
		throw new TypeError(`pushData takes an object or an array of objects, got ${JSON.stringify(item) ?? typeof item}.`);
	}
	return json;
}

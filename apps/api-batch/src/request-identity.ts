import { hash } from 'node:crypto';
import type { ApiRequest } from './api-request.ts';

/** The key of a request with an id of its own. */
export function idKey(id: string | number): string {
	return JSON.stringify(id);
}

/**
 * By what a request is known over several runs: its id or, without one, what it sends and how often the same came before
 * it. So a line may be put in, moved or taken out, and no other takes its place.
 */
export class RequestIdentities {
	readonly #seen: (key: string) => boolean;
	/** Only of what came twice or more: a file of different requests takes no memory. */
	readonly #repeats = new Map<string, number>();

	/** @param seen whether a key stands in the part of the input that was read. */
	constructor(seen: (key: string) => boolean) {
		this.#seen = seen;
	}

	/** Counts a request without an id: it is to be called once for each, in the order of the input. */
	next(request: ApiRequest): string {
		if (request.id !== undefined) return idKey(request.id);
		const content = contentOf(request);
		const first = contentKey(content, 1);
		if (!this.#seen(first)) return first;
		const times = (this.#repeats.get(content) ?? 1) + 1;
		this.#repeats.set(content, times);
		return contentKey(content, times);
	}
}

/** No id is known by such a key: the JSON of a text begins with a quotation mark, that of a number with a digit. */
function contentKey(content: string, times: number): string {
	return `=${content}.${times}`;
}

function contentOf({ method, url, query, headers, json }: ApiRequest): string {
	return hash('sha256', JSON.stringify([method, url, query, headers, json]), 'hex').slice(0, 32);
}

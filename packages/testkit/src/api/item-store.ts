import type { JsonObject } from './json-body.ts';

/** An item: what the client sent, under a number that the server gave. */
export type ApiItem = JsonObject & { readonly id: number };

/** The items of an API, in the order in which they were created. Numbers begin at 1 and are never used again. */
export class ItemStore {
	readonly #items = new Map<number, ApiItem>();
	#lastId = 0;

	constructor(count: number) {
		for (let n = 1; n <= count; n += 1) this.create({ name: `Item ${n}` });
	}

	get count(): number {
		return this.#items.size;
	}

	all(): ApiItem[] {
		return [...this.#items.values()];
	}

	get(id: number): ApiItem | undefined {
		return this.#items.get(id);
	}

	create(fields: JsonObject): ApiItem {
		this.#lastId += 1;
		return this.put(this.#lastId, fields);
	}

	put(id: number, fields: JsonObject): ApiItem {
		const item = { ...fields, id };
		this.#items.set(id, item);
		return item;
	}

	delete(id: number): void {
		this.#items.delete(id);
	}
}

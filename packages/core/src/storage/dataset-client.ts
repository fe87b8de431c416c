import type { CrawleeStorage } from '../crawlee.ts';
import { lazyList } from './lazy-list.ts';
import { pageWrites } from './page-writes.ts';
import { storageInfo } from './storage-client.ts';
import type { StorageHandle } from './storage-handle.ts';

type Item = Record<string, unknown>;
type Page<T> = CrawleeStorage.PaginatedList<T>;
interface ListOptions {
	offset?: number;
	limit?: number;
	desc?: boolean;
}

const PAGE_SIZE = 1_000;
/** Crawlee's own default for one page of results. */
const MOST_ITEMS = 999_999_999_999;

/** One dataset, as Crawlee's `Dataset` talks to it. */
export class DatasetClient implements CrawleeStorage.DatasetClient<Item> {
	readonly #storage: StorageHandle;
	readonly #name: string;

	constructor(storage: StorageHandle, name: string) {
		this.#storage = storage;
		this.#name = name;
	}

	async get(): Promise<CrawleeStorage.DatasetInfo | undefined> {
		const facts = await this.#storage.use((store) => store.dataset(this.#name));
		return facts && { ...storageInfo(facts.name, facts.createdAt), itemCount: facts.itemCount };
	}

	/** Datasets of ours have no other facts than their name. */
	async update(): Promise<Partial<CrawleeStorage.DatasetInfo>> {
		return (await this.get()) ?? {};
	}

	async delete(): Promise<void> {
		await this.#storage.use((store) => store.dropDataset(this.#name));
	}

	async downloadItems(): Promise<Buffer> {
		const { items } = await this.#list({});
		return Buffer.from(JSON.stringify(items));
	}

	async pushItems(items: Item | Item[] | string | string[]): Promise<void> {
		const list = Array.isArray(items) ? items : [items];
		// Crawlee hands over JSON text, of one item or of a chunk of them.
		const parsed = list.flatMap((item) => (typeof item === 'string' ? (JSON.parse(item) as Item | Item[]) : item));
		const page = pageWrites(this.#storage);
		if (page !== undefined) {
			await page.pushData(parsed, this.#name);
			return;
		}
		const rows = parsed.map((item) => ({ dataset: this.#name, json: JSON.stringify(item) }));
		await this.#storage.use((store) => store.pushItems(rows));
	}

	listItems(options: ListOptions = {}): AsyncIterable<Item> & Promise<Page<Item>> {
		const pages = this.#pages(options);
		const items = async function* (): AsyncGenerator<Item> {
			for await (const page of pages) yield* page;
		};
		return lazyList(() => this.#list(options), items);
	}

	listEntries(options: ListOptions = {}): AsyncIterable<[number, Item]> & Promise<Page<[number, Item]>> {
		const { offset = 0 } = options;
		const numbered = async (): Promise<Page<[number, Item]>> => {
			const page = await this.#list(options);
			return { ...page, items: page.items.map((item, index): [number, Item] => [offset + index, item]) };
		};
		const pages = this.#pages(options);
		const entries = async function* (): AsyncGenerator<[number, Item]> {
			let index = offset;
			for await (const page of pages) for (const item of page) yield [index++, item];
		};
		return lazyList(numbered, entries);
	}

	async #list({ offset = 0, limit = MOST_ITEMS, desc = false }: ListOptions): Promise<Page<Item>> {
		const { total, json } = await this.#storage.use((store) => store.readItems(this.#name, { offset, limit, desc }));
		const items = json.map((text) => JSON.parse(text) as Item);
		return { total, count: items.length, offset, limit, desc, items };
	}

	/** Page by page, so that a reader of millions of rows holds a thousand. */
	async *#pages({ offset = 0, limit = MOST_ITEMS, desc = false }: ListOptions): AsyncGenerator<Item[]> {
		for (let read = 0; read < limit; ) {
			const { items } = await this.#list({ offset: offset + read, limit: Math.min(PAGE_SIZE, limit - read), desc });
			if (items.length === 0) return;
			read += items.length;
			yield items;
		}
	}
}

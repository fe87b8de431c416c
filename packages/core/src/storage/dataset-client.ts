import type { CrawleeStorage } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import { itemJson } from '../items/item-json.ts';
import type { StoredItem } from '../store/item-store.ts';
import { checkCount, checkText } from './check-argument.ts';
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
/** After the last row of all. */
const LAST = Number.MAX_SAFE_INTEGER;

/** One dataset, as Crawlee's `Dataset` talks to it. */
export class DatasetClient implements CrawleeStorage.DatasetClient<Item> {
	readonly #storage: StorageHandle;
	#name: string;
	/** Where the last page ended. Who asks for the next one, as Crawlee's exports do, goes on from there. */
	#end: { createdAt: number; offset: number; id: number } | undefined;

	constructor(storage: StorageHandle, name: string) {
		this.#storage = storage;
		this.#name = name;
	}

	async get(): Promise<CrawleeStorage.DatasetInfo | undefined> {
		const facts = await this.#storage.use((store) => store.dataset(this.#name));
		return facts && { ...storageInfo(facts.name, facts.createdAt), itemCount: facts.itemCount };
	}

	/**
	 * Gives the dataset another name, which is its id as well.
	 *
	 * @throws InvalidOptionError when a dataset of that name is there.
	 */
	async update({ name }: CrawleeStorage.DatasetClientUpdateOptions = {}): Promise<Partial<CrawleeStorage.DatasetInfo>> {
		if (name === undefined || name === this.#name) return (await this.get()) ?? {};
		checkText('name of a dataset', name);
		if (await this.#storage.use((store) => store.renameDataset(this.#name, name))) this.#name = name;
		else if (await this.get()) {
			throw new InvalidOptionError(`there is a dataset "${name}" already; choose another name.`);
		}
		return (await this.get()) ?? {};
	}

	async delete(): Promise<void> {
		this.#end = undefined;
		await this.#storage.use((store) => store.dropDataset(this.#name));
	}

	/** @throws InvalidOptionError for another format than JSON: `Crawler.exportData` and `Dataset.exportToCSV` write those. */
	async downloadItems(format: unknown = 'json'): Promise<Buffer> {
		if (format !== 'json') {
			throw new InvalidOptionError(
				`downloadItems answers 'json', not ${String(format)}; use exportData or exportToCSV.`,
			);
		}
		const { items } = await this.#list({});
		return Buffer.from(JSON.stringify(items));
	}

	async pushItems(items: Item | Item[] | string | string[]): Promise<void> {
		const list = Array.isArray(items) ? items : [items];
		// Crawlee hands over JSON text, of one item or of a chunk of them.
		const given = list.flatMap((item) => (typeof item === 'string' ? (JSON.parse(item) as Item | Item[]) : item));
		const page = pageWrites(this.#storage);
		if (page !== undefined) {
			await page.pushData(given, this.#name);
			return;
		}
		const rows = given.map((item) => ({ dataset: this.#name, json: itemJson(item) }));
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
		const skip = checkCount('offset', offset);
		const count = checkCount('limit', limit);
		const { facts, rows } = await this.#storage.use(async (store) => {
			const facts = await store.dataset(this.#name);
			const end = this.#end;
			const isNext = !desc && end !== undefined && end.offset === skip && end.createdAt === facts?.createdAt;
			const walk = { desc, skip: isNext ? 0 : skip };
			const after = isNext ? end.id : desc ? LAST : 0;
			return { facts, rows: await store.itemsAfter(this.#name, after, count, walk) };
		});
		const last = rows.at(-1);
		if (last && facts && !desc) this.#end = { createdAt: facts.createdAt, offset: skip + rows.length, id: last.id };
		const items = rows.map(parsed);
		return { total: facts?.itemCount ?? 0, count: items.length, offset, limit, desc, items };
	}

	/** Page by page, so that a reader of millions of rows holds a thousand, and the last page costs no more than the first. */
	async *#pages({ offset = 0, limit = MOST_ITEMS, desc = false }: ListOptions): AsyncGenerator<Item[]> {
		let skip = checkCount('offset', offset);
		let after = desc ? LAST : 0;
		for (let left = checkCount('limit', limit); left > 0; ) {
			const count = Math.min(PAGE_SIZE, left);
			const rows = await this.#storage.use((store) => store.itemsAfter(this.#name, after, count, { desc, skip }));
			const last = rows.at(-1);
			if (last === undefined) return;
			yield rows.map(parsed);
			after = last.id;
			skip = 0;
			left -= rows.length;
		}
	}
}

function parsed({ json }: StoredItem): Item {
	return JSON.parse(json) as Item;
}

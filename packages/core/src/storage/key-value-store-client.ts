import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { CrawleeStorage } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { KeyRange, RecordChange, RecordFacts } from '../store/record-store.ts';
import { checkCount, checkText } from './check-argument.ts';
import { lazyList } from './lazy-list.ts';
import { pageWrites } from './page-writes.ts';
import { storageInfo } from './storage-client.ts';
import type { StorageHandle } from './storage-handle.ts';

type ListOptions = CrawleeStorage.KeyValueStoreClientListOptions;
type KeyPage = CrawleeStorage.KeyValueStoreClientListData;

const PAGE_SIZE = 1_000;

/** One key-value store, as Crawlee's `KeyValueStore` talks to it. */
export class KeyValueStoreClient implements CrawleeStorage.KeyValueStoreClient {
	readonly #storage: StorageHandle;
	#name: string;

	constructor(storage: StorageHandle, name: string) {
		this.#storage = storage;
		this.#name = name;
	}

	async get(): Promise<CrawleeStorage.KeyValueStoreInfo | undefined> {
		const stores = await this.#storage.use((store) => store.recordStores());
		const found = stores.find(({ name }) => name === this.#name);
		return found && storageInfo(found.name, found.createdAt);
	}

	/**
	 * Gives the store another name, which is its id as well.
	 *
	 * @throws InvalidOptionError when a store of that name is there.
	 */
	async update({
		name,
	}: CrawleeStorage.KeyValueStoreClientUpdateOptions = {}): Promise<Partial<CrawleeStorage.KeyValueStoreInfo>> {
		if (name === undefined || name === this.#name) return (await this.get()) ?? {};
		checkText('name of a key-value store', name);
		if (await this.#storage.use((store) => store.renameRecords(this.#name, name))) this.#name = name;
		else if (await this.get()) {
			throw new InvalidOptionError(`there is a key-value store "${name}" already; choose another name.`);
		}
		return (await this.get()) ?? {};
	}

	async delete(): Promise<void> {
		await this.#storage.use((store) => store.dropRecords(this.#name));
	}

	listKeys(options: ListOptions = {}): AsyncIterable<RecordFacts> & Promise<KeyPage> {
		return lazyList(
			() => this.#page(options),
			() => this.#facts(options),
		);
	}

	keys(options: ListOptions = {}): AsyncIterable<string> & Promise<KeyPage> {
		return lazyList(
			() => this.#page(options),
			() => this.#keys(options),
		);
	}

	values(options: ListOptions = {}): AsyncIterable<unknown> & Promise<unknown[]> {
		const values = async function* (entries: AsyncIterable<[string, unknown]>): AsyncGenerator<unknown> {
			for await (const [, value] of entries) yield value;
		};
		return lazyList(
			() => gathered(values(this.#entries(options))),
			() => values(this.#entries(options)),
		);
	}

	entries(options: ListOptions = {}): AsyncIterable<[string, unknown]> & Promise<[string, unknown][]> {
		return lazyList(
			() => gathered(this.#entries(options)),
			() => this.#entries(options),
		);
	}

	async recordExists(key: string): Promise<boolean> {
		return (await this.#get(key)) !== undefined;
	}

	async getRecord(
		key: string,
		options: CrawleeStorage.KeyValueStoreClientGetRecordOptions = {},
	): Promise<CrawleeStorage.KeyValueStoreRecord | undefined> {
		const record = await this.#get(key);
		if (record === undefined) return undefined;
		const bytes = Buffer.from(record.value as Uint8Array);
		const { contentType } = record;
		const value = options.buffer === true ? bytes : parsedValue(bytes, contentType);
		return {
			key,
			value: options.stream === true ? Readable.from([bytes]) : value,
			...(contentType !== undefined && { contentType }),
		};
	}

	async setRecord({ key, value, contentType }: CrawleeStorage.KeyValueStoreRecord): Promise<void> {
		checkText('key of a record', key);
		if (contentType !== undefined) checkText('contentType of a record', contentType);
		const bytes = await bytesOf(value);
		const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
		const type = contentType ?? contentTypeOf(bytes ?? value);
		const record = { key, contentType: type, value: bytes ?? Buffer.from(text) };
		const page = pageWrites(this.#storage);
		if (page !== undefined) page.changeRecord({ store: this.#name, ...record });
		else await this.#storage.use((store) => store.setRecord(this.#name, record));
	}

	async deleteRecord(key: string): Promise<void> {
		checkText('key of a record', key);
		const page = pageWrites(this.#storage);
		if (page !== undefined) page.changeRecord({ store: this.#name, key });
		else await this.#storage.use((store) => store.deleteRecord(this.#name, key));
	}

	/** The value as it is for the page that asks: with what it has changed itself. */
	async #get(key: string): Promise<Omit<RecordChange, 'store'> | undefined> {
		checkText('key of a record', key);
		const changed = pageWrites(this.#storage)?.changedRecords(this.#name).get(key);
		const record = changed ?? (await this.#storage.use((store) => store.getRecord(this.#name, key)));
		return record?.value === undefined ? undefined : record;
	}

	async #list(range: KeyRange): Promise<RecordFacts[]> {
		const changed = pageWrites(this.#storage)?.changedRecords(this.#name) ?? new Map<string, RecordChange>();
		// Those that the page has removed may all be among the first.
		const limit = range.limit + changed.size;
		const stored = await this.#storage.use((store) => store.listRecords(this.#name, { ...range, limit }));
		return withChanges(stored, [...changed.values()], range);
	}

	async #page(options: ListOptions): Promise<KeyPage> {
		const { exclusiveStartKey, prefix } = options;
		if (exclusiveStartKey) checkText('exclusiveStartKey', exclusiveStartKey);
		if (prefix) checkText('prefix', prefix);
		const limit = checkCount('limit', options.limit ?? PAGE_SIZE);
		// One more than asked for tells whether there are more.
		const found = await this.#list({ after: exclusiveStartKey, prefix, limit: limit + 1 });
		const items = found.slice(0, limit);
		const isTruncated = found.length > limit;
		return {
			count: items.length,
			limit,
			isTruncated,
			items,
			...(exclusiveStartKey !== undefined && { exclusiveStartKey }),
			...(isTruncated && { nextExclusiveStartKey: items.at(-1)?.key as string }),
		};
	}

	async *#facts(options: ListOptions): AsyncGenerator<RecordFacts> {
		let { exclusiveStartKey } = options;
		for (let left = checkCount('limit', options.limit ?? Number.POSITIVE_INFINITY); left > 0; ) {
			const range = { ...options, limit: Math.min(PAGE_SIZE, left), ...(exclusiveStartKey && { exclusiveStartKey }) };
			const { items, nextExclusiveStartKey } = await this.#page(range);
			yield* items;
			if (nextExclusiveStartKey === undefined) return;
			exclusiveStartKey = nextExclusiveStartKey;
			left -= items.length;
		}
	}

	async *#keys(options: ListOptions): AsyncGenerator<string> {
		for await (const { key } of this.#facts(options)) yield key;
	}

	async *#entries(options: ListOptions): AsyncGenerator<[string, unknown]> {
		for await (const key of this.#keys(options)) {
			const record = await this.getRecord(key);
			if (record !== undefined) yield [key, record.value];
		}
	}
}

/** The keys as they are after the changes of a page, in the order of the store: that of their bytes. */
function withChanges(
	stored: readonly RecordFacts[],
	changes: readonly RecordChange[],
	{ after = '', prefix = '', limit }: KeyRange,
): RecordFacts[] {
	if (changes.length === 0) return stored.slice(0, limit);
	const sizes = new Map(stored.map(({ key, size }) => [key, size]));
	const last = stored.length >= limit + changes.length ? stored.at(-1)?.key : undefined;
	for (const { key, value } of changes) {
		const isInRange = compareBytes(key, after) > 0 && key.startsWith(prefix);
		if (value === undefined) sizes.delete(key);
		else if (isInRange && (last === undefined || compareBytes(key, last) < 0)) sizes.set(key, value.byteLength);
	}
	const keys = [...sizes].map(([key, size]) => ({ key, size }));
	return keys.toSorted((a, b) => compareBytes(a.key, b.key)).slice(0, limit);
}

function compareBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const item of items) list.push(item);
	return list;
}

/** The bytes of what is bytes already, or comes as a stream of them. */
async function bytesOf(value: unknown): Promise<Buffer | undefined> {
	if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	if (value instanceof ArrayBuffer) return Buffer.from(value);
	return value instanceof Readable ? buffer(value) : undefined;
}

/** What a value is, when nobody says: as Crawlee's other storages take it. */
function contentTypeOf(value: unknown): string {
	if (value instanceof Uint8Array) return 'application/octet-stream';
	return typeof value === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
}

function parsedValue(bytes: Buffer, contentType = ''): unknown {
	if (/^application\/json\b/i.test(contentType)) return JSON.parse(bytes.toString());
	return /^(text\/|application\/([^;]*[+])?xml\b)/i.test(contentType) ? bytes.toString() : bytes;
}

import type { CrawleeStorage } from '../crawlee.ts';
import { storageInfo } from './storage-client.ts';
import type { StorageHandle } from './storage-handle.ts';

/** One key-value store, as Crawlee's `KeyValueStore` talks to it. */
export class KeyValueStoreClient implements CrawleeStorage.KeyValueStoreClient {
	readonly #storage: StorageHandle;
	readonly #name: string;

	constructor(storage: StorageHandle, name: string) {
		this.#storage = storage;
		this.#name = name;
	}

	async get(): Promise<CrawleeStorage.KeyValueStoreInfo | undefined> {
		const stores = await this.#storage.use((store) => store.recordStores());
		const found = stores.find(({ name }) => name === this.#name);
		return found && storageInfo(found.name, found.createdAt);
	}

	/** Stores of ours have no other facts than their name. */
	async update(): Promise<Partial<CrawleeStorage.KeyValueStoreInfo>> {
		return (await this.get()) ?? {};
	}

	async delete(): Promise<void> {
		await this.#storage.use((store) => store.dropRecords(this.#name));
	}

	async listKeys(
		options: CrawleeStorage.KeyValueStoreClientListOptions = {},
	): Promise<CrawleeStorage.KeyValueStoreClientListData> {
		const { limit = 1_000, exclusiveStartKey, prefix } = options;
		// One more than asked for tells whether there are more.
		const range = { after: exclusiveStartKey, prefix, limit: limit + 1 };
		const found = await this.#storage.use((store) => store.listRecords(this.#name, range));
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

	async recordExists(key: string): Promise<boolean> {
		return (await this.#storage.use((store) => store.getRecord(this.#name, key))) !== undefined;
	}

	async getRecord(
		key: string,
		options: CrawleeStorage.KeyValueStoreClientGetRecordOptions = {},
	): Promise<CrawleeStorage.KeyValueStoreRecord | undefined> {
		const record = await this.#storage.use((store) => store.getRecord(this.#name, key));
		if (record === undefined) return undefined;
		const bytes = Buffer.from(record.value);
		const { contentType } = record;
		const value = options.buffer === true ? bytes : valueOf(bytes, contentType);
		return { key, value, ...(contentType !== undefined && { contentType }) };
	}

	async setRecord({ key, value, contentType }: CrawleeStorage.KeyValueStoreRecord): Promise<void> {
		const isBytes = value instanceof Uint8Array;
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		const type = contentType ?? (isBytes ? 'application/octet-stream' : 'application/json; charset=utf-8');
		const record = { key, contentType: type, value: isBytes ? value : Buffer.from(text) };
		await this.#storage.use((store) => store.setRecord(this.#name, record));
	}

	async deleteRecord(key: string): Promise<void> {
		await this.#storage.use((store) => store.deleteRecord(this.#name, key));
	}
}

function valueOf(bytes: Buffer, contentType = ''): unknown {
	if (/^application\/json\b/.test(contentType)) return JSON.parse(bytes.toString());
	return /^text\//.test(contentType) ? bytes.toString() : bytes;
}

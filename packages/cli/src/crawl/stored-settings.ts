import { CrawlReader, SqliteStore } from '@orbweaver/core/storage-file';
import type { CrawlSettings } from './crawl-settings.ts';

/** The key-value store, and the key, that a crawl of this command keeps its settings under. */
const STORE = 'orbweaver-cli';
const KEY = 'crawl-settings';

/** Keeps the settings in the storage, which is made when it is missing. */
export async function storeSettings(storage: string, settings: CrawlSettings): Promise<void> {
	await using store = SqliteStore.open(storage);
	await store.openRecords(STORE);
	const value = Buffer.from(JSON.stringify(settings));
	await store.setRecord(STORE, { key: KEY, contentType: 'application/json', value });
}

/** The settings that the crawl was begun with; undefined for the crawl of a script. */
export function storedSettings(storage: string): CrawlSettings | undefined {
	using reader = CrawlReader.open(storage);
	const value = reader.record(STORE, KEY);
	return value === undefined ? undefined : (JSON.parse(Buffer.from(value).toString()) as CrawlSettings);
}

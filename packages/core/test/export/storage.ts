import { join } from 'node:path';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

/** A storage with these rows, in a folder of its own. */
export async function storageWith(rows: readonly unknown[], dataset = 'default'): Promise<string> {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	await using store = SqliteStore.open(path);
	await store.pushItems(rows.map((row) => ({ dataset, json: JSON.stringify(row) })));
	return path;
}

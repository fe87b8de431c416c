import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Where crawls are kept, unless told otherwise. */
export const STORAGE_FOLDER = 'storage';

/**
 * The storage that was named, else the one of the folder `storage` that was written last.
 *
 * @throws UsageError where there is none.
 */
export function storagePath(given: string | undefined, folder: string = STORAGE_FOLDER): string {
	if (given !== undefined) return given;
	const [newest] = storages(folder).sort((one, other) => other.writtenAt - one.writtenAt);
	if (newest !== undefined) return newest.path;
	throw new UsageError(
		`There is no crawl in the folder "${folder}" yet; begin one with "orbweaver crawl https://example.com/", or name its file with --storage.`,
	);
}

/** The storage for a crawl that begins at this address: the host, with what no file name may hold replaced. */
export function storageFor(url: string): string {
	const host = new URL(url).host.replaceAll(/[^\w.-]+/g, '-');
	return join(STORAGE_FOLDER, `${host}.sqlite`);
}

function storages(folder: string): { readonly path: string; readonly writtenAt: number }[] {
	let names: string[];
	try {
		names = readdirSync(folder);
	} catch {
		return [];
	}
	return names
		.filter((name) => name.endsWith('.sqlite'))
		.map((name) => join(folder, name))
		.map((path) => ({ path, writtenAt: Math.max(writtenAt(path), writtenAt(`${path}-wal`)) }));
}

function writtenAt(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

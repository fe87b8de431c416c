import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StorageError } from '../errors.ts';

/** The path that means "in memory, gone with the process". */
export const MEMORY = ':memory:';

/** How many links may lead on, one to the next, as in Linux. */
const MOST_LINKS = 40;

/**
 * The one name of a storage file, whatever links lead to it, so that its lock is the same for all of them. The file need
 * not exist.
 *
 * @throws StorageError for what is no path of a file.
 */
export function realStoragePath(path: string): string {
	if (/^file:/i.test(path)) {
		throw unusable(path, 'is a URL; give the path of a file, such as fileURLToPath(url) from node:url');
	}
	if (path.trim() === '') throw unusable(path, 'is empty; give the path of a file, or ":memory:"');
	if (path.includes('\0')) throw unusable(path, 'has a NUL character, which no path has; give the path of a file');
	if (/[/\\]$/.test(path)) throw unusable(path, 'is the path of a folder; give the path of a file in it');
	return followed(resolve(path));
}

function followed(path: string, links = 0): string {
	try {
		return realpathSync(path);
	} catch (error) {
		// Everything else is said by whoever opens the file.
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || links > MOST_LINKS) return path;
	}
	if (isLink(path)) return followed(resolve(dirname(path), readlinkSync(path)), links + 1);
	const folder = dirname(path);
	return folder === path ? path : join(followed(folder, links), basename(path));
}

function isLink(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function unusable(path: string, why: string): StorageError {
	return new StorageError('ORB_STORAGE_UNREADABLE', `storage ${JSON.stringify(path)} ${why}.`);
}

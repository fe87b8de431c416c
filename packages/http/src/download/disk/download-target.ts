import { stat } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { InvalidRequestError } from '../../errors.ts';

/** Where a file is to go. */
export interface DownloadTarget {
	readonly folder: string;
	/** `undefined` when the server's answer decides. */
	readonly name: string | undefined;
}

/** The files of one download: the one it becomes, and those beside it while it is not whole. */
export interface DownloadPaths {
	readonly file: string;
	readonly part: string;
	readonly state: string;
	readonly lock: string;
}

/**
 * What `file` means: the path of a file; a folder, which exists or ends in a separator; or with `undefined` the current
 * folder.
 *
 * @throws InvalidRequestError for anything but a string.
 */
export async function downloadTarget(file: string | undefined): Promise<DownloadTarget> {
	if (file === undefined) return { folder: resolve('.'), name: undefined };
	if (typeof file !== 'string' || file === '' || file.includes('\0')) {
		const shown = typeof file === 'string' ? JSON.stringify(file) : `of type ${typeof file}`;
		throw new InvalidRequestError(`file is ${shown}: give the path of a file or folder.`);
	}
	const path = resolve(file);
	const isFolder = file.endsWith('/') || file.endsWith(sep) || (await isExistingFolder(path));
	return isFolder ? { folder: path, name: undefined } : { folder: dirname(path), name: basename(path) };
}

/** The files of the download that becomes `file`. */
export function downloadPaths(file: string): DownloadPaths {
	return { file, part: `${file}.part`, state: `${file}.part.json`, lock: `${file}.part.lock` };
}

async function isExistingFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false; // What is wrong with it shows when it is opened.
	}
}

import { mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { StorageError } from '../errors.ts';
import { MEMORY, realStoragePath } from '../sqlite/storage-path.ts';
import { unwritableOutput } from './output-fault.ts';

/** An output file, by the one name that it has whatever links lead to it. */
export interface OutputPath {
	readonly path: string;
	/** What the storage knows it by: the same after both were moved together. */
	readonly key: string;
}

/** What SQLite and the lock add to the name of a storage file. */
const STORAGE_SUFFIXES = ['', '-wal', '-shm', '-journal', '-lock'];

/**
 * The file that `output` names; its folder is made here.
 *
 * @param storagePath the file of the storage, or `:memory:`.
 * @throws StorageError for what cannot be such a file: a pipe or device, a folder, the storage itself.
 */
export async function outputPath(output: string, storagePath: string): Promise<OutputPath> {
	try {
		const path = await realOutputPath(output);
		if (storagePath === MEMORY) return { path, key: path };
		const storage = realStoragePath(storagePath);
		for (const suffix of STORAGE_SUFFIXES) await refuseSame(output, path, storage + suffix);
		return { path, key: relative(dirname(storage), path).split(sep).join('/') };
	} catch (cause) {
		throw unwritableOutput(output, cause);
	}
}

async function realOutputPath(output: string): Promise<string> {
	const path = resolve(output);
	const found = await stat(path).catch(ifMissing);
	if (found === undefined) {
		await mkdir(dirname(path), { recursive: true });
		return join(await realpath(dirname(path)), basename(path));
	}
	if (found.isFile()) return realpath(path);
	const what = found.isDirectory()
		? 'is a folder; give the path of a file'
		: 'is a pipe or device, where nothing can be mended after a kill; give the path of a file, and export the storage to "-" for rows on standard output';
	throw new StorageError('ORB_OUTPUT_WRITE_FAILED', `output "${output}" ${what}.`);
}

/** By the files themselves too, for hard links; never by opening one, which would cost the storage its locks. */
async function refuseSame(output: string, path: string, ofStorage: string): Promise<void> {
	if (path !== ofStorage) {
		const [a, b] = await Promise.all([stat(path).catch(ifMissing), stat(ofStorage).catch(ifMissing)]);
		if (a === undefined || b === undefined || a.ino !== b.ino || a.dev !== b.dev) return;
	}
	throw new StorageError(
		'ORB_OUTPUT_FOREIGN',
		`output "${output}" is a file of the storage itself; choose another name, nothing in it was changed.`,
	);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}

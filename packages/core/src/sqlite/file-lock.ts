import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { storageFault } from './storage-fault.ts';
import { realStoragePath } from './storage-path.ts';

/** Keeps every other process, and every other store of this one, out of a storage file until it is released. */
export interface FileLock {
	release(): void;
}

/**
 * Takes the lock of a storage file.
 *
 * The lock is an exclusive transaction on a small database beside the file. So the operating system gives it back when
 * the process dies, however it dies; a file with a process id in it would stay behind and lie. It is beside the file
 * itself, whatever link leads there; of hard links SQLite itself knows nothing.
 *
 * @throws StorageError (`ORB_STORAGE_IN_USE`) when somebody else has it.
 */
export function lockFile(path: string): FileLock {
	const lockPath = `${realStoragePath(path)}-lock`;
	let lock = exclusive(lockPath, path);
	// Whoever gave the lock back removed the file first; a lock on a removed file would keep nobody out.
	while (!existsSync(lockPath)) {
		lock.close();
		lock = exclusive(lockPath, path);
	}
	const taken = lock;
	held.set(lockPath, taken);
	return {
		release() {
			held.delete(lockPath);
			try {
				rmSync(lockPath, { force: true });
			} catch {
				// Windows does not remove an open file: it stays, empty and harmless.
			}
			taken.close();
		},
	};
}

/** A lock lasts until it is released: a store that nobody refers to any more would else lose it to the garbage collector. */
const held = new Map<string, DatabaseSync>();

/** Whether a store of this process has the file open. */
export function isLockedHere(path: string): boolean {
	return held.has(`${realStoragePath(path)}-lock`);
}

function exclusive(lockPath: string, path: string): DatabaseSync {
	let lock: DatabaseSync | undefined;
	try {
		lock = new DatabaseSync(lockPath, { timeout: 0 });
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
		return lock;
	} catch (cause) {
		lock?.close();
		const reason = cause instanceof Error ? cause.message : String(cause);
		if (!/locked|busy/.test(reason)) throw storageFault(path, 'lock', cause);
		throw new StorageError(
			'ORB_STORAGE_IN_USE',
			`storage "${path}" is in use by another crawl; wait until it ends, stop it, or choose another file.`,
			{ cause },
		);
	}
}

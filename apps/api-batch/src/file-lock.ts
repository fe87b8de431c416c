import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the lock of a file: an exclusive transaction on a small database beside it, which the operating system gives back
 * however the process ends. (Who kills npm alone leaves the run behind it alive.)
 *
 * @returns a function that gives the lock back; undefined when another process has it.
 * @throws Error when no file can be made beside that file.
 */
export function lockFile(path: string): (() => void) | undefined {
	const lockPath = `${path}-lock`;
	let lock = exclusive(lockPath);
	// Who gives the lock back removes the file first; a lock on a removed file would keep nobody out.
	while (lock !== undefined && !existsSync(lockPath)) {
		lock.close();
		lock = exclusive(lockPath);
	}
	return lock && (() => release(lock, lockPath));
}

function exclusive(lockPath: string): DatabaseSync | undefined {
	const lock = openDatabase(lockPath);
	try {
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		lock.close();
		if (error instanceof Error && /locked|busy/.test(error.message)) return undefined;
		throw error;
	}
}

function openDatabase(path: string): DatabaseSync {
	try {
		return new DatabaseSync(path, { timeout: 0 });
	} catch (error) {
		// SQLite does not say why; the operating system does.
		closeSync(openSync(path, 'a'));
		throw error;
	}
}

function release(lock: DatabaseSync, lockPath: string): void {
	try {
		rmSync(lockPath, { force: true });
	} catch {
		// Windows does not remove an open file: it stays, empty and harmless.
	}
	lock.close();
}

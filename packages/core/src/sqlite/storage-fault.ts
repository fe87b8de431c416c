import { StorageError, type StorageErrorCode } from '../errors.ts';

/** What was being done with a storage file when SQLite reported an error. */
export type StorageUse = 'open' | 'lock' | 'write';

const WHAT_FAILED: Readonly<Record<StorageUse, string>> = {
	open: 'cannot be opened',
	lock: 'cannot be locked',
	write: 'cannot be written',
};

const CODES: Readonly<Record<StorageUse, StorageErrorCode>> = {
	open: 'ORB_STORAGE_UNREADABLE',
	lock: 'ORB_STORAGE_UNREADABLE',
	write: 'ORB_STORAGE_WRITE_FAILED',
};

/** SQLite's primary result codes that have a way out of their own. See https://www.sqlite.org/rescode.html. */
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The file contradicts itself, although SQLite can read it. */
export class ContradictionError extends Error {}

/** The error for what SQLite says of a storage file, with the way out. One that is ours already is answered as it is. */
export function storageFault(path: string, use: StorageUse, cause: unknown): StorageError {
	if (cause instanceof StorageError) return cause;
	const reason = cause instanceof Error ? cause.message : String(cause);
	const code = primaryCode(cause);
	// A syntax error: JSON that cannot be read any more, although it was written here.
	if (code === CORRUPT || code === NOTADB || cause instanceof ContradictionError || cause instanceof SyntaxError) {
		return new StorageError(
			'ORB_STORAGE_DAMAGED',
			`storage "${path}" is damaged: ${reason}. Put a copy of the file in its place, or go on with what can be read of it: sqlite3 "${path}" .recover | sqlite3 "${path}.recovered".`,
			{ cause },
		);
	}
	const kept = use === 'write' ? 'What was committed is kept' : 'Nothing in it was changed';
	const message = `storage "${path}" ${WHAT_FAILED[use]}: ${reason}. ${kept}; ${wayOut(cause)} and start again to go on.`;
	return new StorageError(CODES[use], message, { cause });
}

/** Whether an error is of the values that were to be stored or looked for, and no sign that the storage has failed. */
export function isFaultOfChange(cause: unknown): boolean {
	if (cause instanceof TypeError || cause instanceof RangeError) return true;
	return OF_VALUES.has(primaryCode(cause) ?? 0);
}

/** SQLite's TOOBIG, CONSTRAINT, MISMATCH and RANGE. */
const OF_VALUES: ReadonlySet<number> = new Set([18, 19, 20, 25]);

/** The error for a change that cannot be stored because of what it holds. */
export function refusedChange(path: string, cause: unknown): StorageError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new StorageError(
		'ORB_STORAGE_WRITE_FAILED',
		`storage "${path}" refused a change because of a value in it: ${reason}. Nothing of that change was stored, all others were; mend what it was given.`,
		{ cause },
	);
}

function wayOut(cause: unknown): string {
	const code = primaryCode(cause) ?? String((cause as { code?: unknown } | undefined)?.code);
	if (code === FULL || code === 'ENOSPC') return 'make room on the disk';
	if (NO_ACCESS.has(code)) return 'make the file and its folder readable and writable for this user';
	return 'mend the cause';
}

const NO_ACCESS: ReadonlySet<string | number> = new Set([READONLY, CANTOPEN, 'EACCES', 'EPERM', 'EROFS']);

/** The low byte of SQLite's result code, if that is what failed. */
function primaryCode(cause: unknown): number | undefined {
	const code = (cause as { errcode?: unknown } | undefined)?.errcode;
	return typeof code === 'number' ? code & 0xff : undefined;
}

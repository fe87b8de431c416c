import { StorageError } from '../errors.ts';

/** The error for a file that holds, or has become, something else than what was written to it. */
export function foreignOutput(path: string, why: string): StorageError {
	return new StorageError(
		'ORB_OUTPUT_FOREIGN',
		`output "${path}" ${why}. It is left as it is; move it away, or choose another name, and start again: ${ALL_KEPT}`,
	);
}

/** The error for a file that somebody has removed while it was written. */
export function removedOutput(path: string): StorageError {
	return new StorageError(
		'ORB_OUTPUT_FOREIGN',
		`output "${path}" was removed while it was written. Start again to go on: ${ALL_KEPT}`,
	);
}

const ALL_KEPT = 'all rows are in the storage, and a new file gets all of them.';

/** The error for a file that cannot be opened or written. One that is ours already is answered as it is. */
export function unwritableOutput(path: string, cause: unknown): StorageError {
	if (cause instanceof StorageError) return cause;
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new StorageError(
		'ORB_OUTPUT_WRITE_FAILED',
		`output "${path}" cannot be written: ${reason}. The rows are in the storage; mend the cause and start again to go on.`,
		{ cause },
	);
}

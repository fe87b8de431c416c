import { StorageError } from '../errors.ts';

/** Where an export goes. Exactly one of `finish` and `abandon` is the last call. */
export interface ExportSink {
	/** Resolves when more may come; false when nobody wants any more. */
	write(bytes: string | Uint8Array): Promise<boolean>;
	/** Resolves when all of it is where it belongs. */
	finish(): Promise<void>;
	/** Takes away what was written, where that can be. */
	abandon(): Promise<void>;
}

/** The error for a file or stream that cannot be written. */
export function cannotBeWritten(name: string, cause: unknown): StorageError {
	const { code, message } = cause as NodeJS.ErrnoException;
	const wayOut = WAYS_OUT.get(code ?? '') ?? 'mend the cause';
	return new StorageError(
		'ORB_OUTPUT_WRITE_FAILED',
		`"${name}" cannot be written: ${message}. The rows are in the storage; ${wayOut} and export again.`,
		{ cause },
	);
}

const NO_ACCESS = 'choose a place that this user may write to';
const WAYS_OUT: ReadonlyMap<string, string> = new Map([
	['ENOSPC', 'make room on the disk'],
	['EDQUOT', 'make room on the disk'],
	['EACCES', NO_ACCESS],
	['EPERM', NO_ACCESS],
	['EROFS', NO_ACCESS],
	['EISDIR', 'give the name of a file'],
	['ENOTDIR', 'give a path through folders only'],
]);

import { HttpError, type RequestLabel } from '../../errors.ts';
import { DownloadError } from '../download-error.ts';

/**
 * What the system says of a file, as one of our errors; anything else stays what it is.
 *
 * @param keptBytes what the next call can go on from.
 */
export function fileFailure(error: unknown, path: string, request: RequestLabel, keptBytes = 0): unknown {
	if (error instanceof HttpError || !isSystemError(error)) return error;
	const at = typeof error.path === 'string' ? error.path : path;
	if (isDiskFull(error)) {
		const kept = keptBytes > 0 ? ` What has arrived is kept.` : '';
		const detail = `could not be stored in ${at}: the disk is full (${error.code}).${kept}`;
		return new DownloadError(request, 'disk-full', detail, { path: at, cause: error });
	}
	const why = REASONS.get(error.code) ?? 'the system refuses it';
	return new DownloadError(request, 'file', `could not be stored in ${at}: ${why} (${error.code}).`, {
		path: at,
		cause: error,
	});
}

/** No space is left, or none of the user's quota. */
export function isDiskFull(error: unknown): boolean {
	return isSystemError(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

const REASONS: ReadonlyMap<string, string> = new Map([
	['EACCES', 'there is no permission'],
	['EPERM', 'there is no permission'],
	['EROFS', 'the file system is read-only'],
	['EEXIST', 'a file has that name already'],
	['ENOENT', 'the folder is not there'],
	['ENOTDIR', 'a part of the path is a file, not a folder'],
	['EISDIR', 'a folder has that name'],
	['ENAMETOOLONG', 'the name is too long'],
	['EFBIG', 'the file is larger than the file system or a limit of the process allows'],
	['ELOOP', 'it is a symbolic link, which is not followed'],
	['EMFILE', 'too many files are open'],
]);

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
	return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

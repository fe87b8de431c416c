const REASONS: Readonly<Record<string, string>> = {
	EACCES: 'there is no permission',
	EEXIST: 'a file has that name',
	EISDIR: 'it is a folder',
	ENOENT: 'there is no such file',
	ENOTDIR: 'a part of the path is a file, not a folder',
	EPERM: 'there is no permission',
	EROFS: 'the file system is read-only',
};

/** What the system says of a file or folder, for people. */
export function fileProblem(error: unknown): string {
	const { code = '', message } = error as NodeJS.ErrnoException;
	return REASONS[code] ?? message;
}

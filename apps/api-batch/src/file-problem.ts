const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'its folder is missing',
	ENOTDIR: 'a part of its path is a file and not a folder',
	EEXIST: 'a part of its path is a file and not a folder',
	EISDIR: 'it is a folder',
	EACCES: 'there is no permission for it',
	EPERM: 'there is no permission for it',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the quota of the disk is used up',
	ENAMETOOLONG: 'its name is too long',
};

/** Why a file cannot be used, as a part of a sentence. */
export function fileProblem(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code = '', message } = error as NodeJS.ErrnoException;
	return REASONS[code] ?? message.replace(/\.$/, '');
}

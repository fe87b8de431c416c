import { link, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/**
 * Gives a whole file its name, in one step: under the name there is the old file, or none, or the new one.
 *
 * @param replace whether a file that has the name is replaced.
 * @returns false when it is not, and there is one.
 */
export async function publishFile(part: string, path: string, replace: boolean, durable: boolean): Promise<boolean> {
	if (replace) await rename(part, path);
	else if (!(await nameOnce(part, path))) return false;
	if (durable) await syncFolder(dirname(path));
	return true;
}

/** A link fails where there is a file, also one that was made this very moment; renaming would replace it. */
async function nameOnce(part: string, path: string): Promise<boolean> {
	try {
		await link(part, path);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EEXIST') return false;
		if (!CANNOT_LINK.has(code ?? '')) throw error;
		if (await exists(path)) return false;
		await rename(part, path);
		return true;
	}
	await rm(part);
	return true;
}

/** Some file systems have no links (exFAT, some of networks). */
const CANNOT_LINK: ReadonlySet<string> = new Set([
	'EPERM',
	'EACCES',
	'ENOTSUP',
	'EOPNOTSUPP',
	'ENOSYS',
	'EMLINK',
	'EINVAL',
]);

async function exists(path: string): Promise<boolean> {
	try {
		await stat(path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw error;
	}
}

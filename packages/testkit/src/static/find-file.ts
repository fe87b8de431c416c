import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What a path of the site is: a file to send, a folder without its final slash, or nothing. */
export type Found =
	| { readonly kind: 'file'; readonly file: string; readonly size: number }
	| { readonly kind: 'folder' }
	| { readonly kind: 'none' };

const none: Found = { kind: 'none' };

/**
 * Looks up a URL path below `root`, which must be a real path. A folder stands for its `index.html`.
 *
 * @param anywhere whether symbolic links may lead out of `root`.
 */
export async function findFile(root: string, pathname: string, anywhere: boolean): Promise<Found> {
	const path = decodedPath(pathname);
	// WHATWG URLs have no dot segments, but `%2e%2e%2f` becomes one when decoded as a whole.
	if (path === undefined || path.includes('\0') || path.split(/[/\\]/).includes('..')) return none;
	try {
		const found = join(root, path);
		if ((await stat(found)).isDirectory() && !path.endsWith('/')) return { kind: 'folder' };
		const file = await realpath(path.endsWith('/') ? join(found, 'index.html') : found);
		if (!anywhere && !file.startsWith(root.endsWith(sep) ? root : root + sep)) return none;
		const { size } = await stat(file);
		return { kind: 'file', file, size };
	} catch (error) {
		if (isAbsence(error)) return none;
		throw error;
	}
}

function decodedPath(pathname: string): string | undefined {
	try {
		return decodeURIComponent(pathname);
	} catch {
		return undefined;
	}
}

function isAbsence(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP';
}

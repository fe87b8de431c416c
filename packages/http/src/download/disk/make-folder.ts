import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. `mkdir` of Node with `recursive` tries for ever where a folder is
 * there and takes no other, as in /proc (Node 24).
 *
 * @param path absolute.
 * @throws what the operating system says.
 */
export async function makeFolder(path: string): Promise<void> {
	try {
		await makeOne(path);
	} catch (error) {
		const parent = dirname(path);
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
		await makeFolder(parent);
		await makeOne(path);
	}
}

/** Systems say different things of a folder that is there: it counts that it is. */
async function makeOne(path: string): Promise<void> {
	try {
		await mkdir(path);
	} catch (error) {
		const found = await stat(path).catch(() => undefined);
		if (found?.isDirectory() !== true) throw error;
	}
}

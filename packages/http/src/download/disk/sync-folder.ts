import { constants, open } from 'node:fs/promises';

/**
 * Makes what was renamed, made or removed in a folder last through a power cut. Where folders cannot be opened
 * (Windows), the file system sees to that by itself.
 */
export async function syncFolder(folder: string): Promise<void> {
	let handle: Awaited<ReturnType<typeof open>>;
	try {
		handle = await open(folder, constants.O_RDONLY);
	} catch (error) {
		if (process.platform === 'win32') return;
		throw error;
	}
	try {
		await handle.sync();
	} catch (error) {
		if (!CANNOT_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
	} finally {
		await handle.close();
	}
}

/** Some network file systems and Windows have no such thing for folders. */
const CANNOT_SYNC: ReadonlySet<string> = new Set(['EINVAL', 'EPERM', 'ENOTSUP', 'ENOSYS']);

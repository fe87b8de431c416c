import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

/** The type that Linux gives to a file system in memory (statfs(2)). */
const tmpfs = 0x01021994;

/**
 * An empty folder like `temporaryFolder`, but on a disk: where the place for temporary folders is in memory, as on some
 * systems, the one whose files outlive a restart is taken.
 *
 * @throws {Error} if there is not room for `bytes`: says where and how much there is.
 */
export async function diskFolder(name: string, bytes: number): Promise<TemporaryFolder> {
	const parent = (await statfs(tmpdir())).type === tmpfs ? '/var/tmp' : tmpdir();
	const { bavail, bsize } = await statfs(parent);
	if (bavail * bsize < bytes) {
		throw new Error(
			`${parent} has room for ${bavail * bsize} bytes, ${bytes} are needed: give a smaller --size, or another TMPDIR`,
		);
	}
	return temporaryFolder(name, parent);
}

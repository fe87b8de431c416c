import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder, gone with everything in it when disposed of. */
export interface TemporaryFolder extends AsyncDisposable {
	readonly path: string;
}

/** Makes one, by default in the system's place for such folders. */
export async function temporaryFolder(name: string, parent: string = tmpdir()): Promise<TemporaryFolder> {
	const path = await mkdtemp(join(parent, `orbweaver-${name}-`));
	return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

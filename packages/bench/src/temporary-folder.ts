import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder, gone with everything in it when disposed of. */
export interface TemporaryFolder extends AsyncDisposable {
	readonly path: string;
}

/** Makes one in the system's place for such folders. */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
	const path = await mkdtemp(join(tmpdir(), `orbweaver-${name}-`));
	return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

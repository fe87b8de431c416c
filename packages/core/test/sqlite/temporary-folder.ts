import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test's own; it is removed when the test has ended. */
export async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'orbweaver-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

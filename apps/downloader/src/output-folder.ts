import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileProblem } from './file-problem.ts';
import type { Job } from './job.ts';
import { UsageError } from './usage-error.ts';

/**
 * Makes the folders that files go to.
 *
 * @throws UsageError for one that cannot be made or written.
 */
export async function prepareFolders(output: string, jobs: readonly Job[]): Promise<void> {
	const folders = new Set([output, ...jobs.flatMap(({ file }) => (file === undefined ? [] : [dirname(file)]))]);
	for (const folder of folders) {
		try {
			await mkdir(folder, { recursive: true });
			await access(folder, constants.W_OK | constants.X_OK);
		} catch (error) {
			throw new UsageError(`The folder ${folder} cannot be written: ${fileProblem(error)}.`);
		}
	}
	for (const { file } of jobs) {
		if (file !== undefined && (await isFolder(file))) {
			throw new UsageError(`${file} is a folder: give the file another name with out=<name>.`);
		}
	}
}

async function isFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false; // Nothing is there, or what is wrong with it shows when it is written.
	}
}

import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
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
			await makeFolder(resolve(folder));
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

/** `mkdir` with `recursive` tries for ever where a folder is there and takes no other, as in /proc (Node 24). */
async function makeFolder(path: string): Promise<void> {
	const problem = await makeOne(path);
	if (problem === undefined) return;
	if (problem.code !== 'ENOENT' || dirname(path) === path) throw problem;
	await makeFolder(dirname(path));
	const still = await makeOne(path);
	if (still !== undefined) throw still;
}

/** @returns why it is not there. */
async function makeOne(path: string): Promise<NodeJS.ErrnoException | undefined> {
	try {
		await mkdir(path);
		return undefined;
	} catch (error) {
		return (await isFolder(path)) ? undefined : (error as NodeJS.ErrnoException);
	}
}

async function isFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false; // Nothing is there, or what is wrong with it shows when it is written.
	}
}

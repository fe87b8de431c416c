import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { size } from '../output/amounts.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { judgeClock, judgeDisk, judgeFiles, judgeNode, judgeProxies } from './judge.ts';

const LITTLE_MEMORY = 512 * 1024 ** 2;

/** Looks at all that a crawl needs. @param folder where crawls are kept. */
export async function checkMachine(folder: string, env: NodeJS.ProcessEnv): Promise<Check[]> {
	return [
		judgeNode(process.versions.node),
		await checkSqlite(),
		await checkFolder(folder),
		await checkDisk(folder),
		judgeFiles(await openFiles()),
		checkMemory(),
		judgeClock(Date.now(), lastWrite(folder)),
		judgeProxies(env),
	];
}

async function checkSqlite(): Promise<Check> {
	try {
		const { DatabaseSync } = await import('node:sqlite');
		using database = new DatabaseSync(':memory:');
		const row = database.prepare('SELECT sqlite_version() AS version').get();
		return ok('SQLite', `${row?.version}, of Node`);
	} catch (error) {
		return problem(
			'SQLite',
			messageOf(error),
			'take a Node that was built with node:sqlite, such as the one from https://nodejs.org/',
		);
	}
}

/** Writes a file where the storage would be, and removes all that it made. */
async function checkFolder(folder: string): Promise<Check> {
	const wasThere = existsSync(folder);
	const name = 'storage folder';
	try {
		const made = await mkdir(folder, { recursive: true });
		const inside = await mkdtemp(join(folder, '.doctor-'));
		await writeFile(join(inside, 'a'), 'a');
		await rm(inside, { recursive: true });
		if (!wasThere && made !== undefined) await rm(made, { recursive: true });
		return ok(name, `${resolve(folder)} can be written`);
	} catch (error) {
		return problem(name, messageOf(error), 'make it writable for you, or keep crawls elsewhere with --storage.');
	}
}

async function checkDisk(folder: string): Promise<Check> {
	const path = nearestFolder(resolve(folder));
	try {
		const { bavail, bsize } = await statfs(path);
		return judgeDisk(bavail * bsize, path);
	} catch (error) {
		return warning('disk', messageOf(error), 'look by hand whether there is room.');
	}
}

function nearestFolder(path: string): string {
	return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** Only a shell tells the limit. */
async function openFiles(): Promise<number | undefined> {
	try {
		const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n']);
		return stdout.trim() === 'unlimited' ? Number.POSITIVE_INFINITY : Number(stdout) || undefined;
	} catch {
		return undefined;
	}
}

function checkMemory(): Check {
	const free = process.availableMemory?.() ?? freemem();
	const found = `${size(free)} to be had, ${availableParallelism()} processors`;
	return free < LITTLE_MEMORY
		? warning('memory', found, 'a crawl takes about half a gigabyte; end something else.')
		: ok('memory', found);
}

function lastWrite(folder: string): number | undefined {
	try {
		const times = readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
		return times.length === 0 ? undefined : times.reduce((one, other) => Math.max(one, other));
	} catch {
		return undefined;
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import type { ProcessFacts } from './child-process.ts';
import { type ProgramOptions, runToEnd } from './run-to-end.ts';

/** A program that is not ours to ask, with what the operating system says about it. */
export interface TimedProgram extends ProcessFacts {
	/** Wall time from its start to its end. */
	readonly processSeconds: number;
}

/** GNU time: it is small, so the peak memory that a program inherits from it is smaller than any program's own. */
const gnuTime = 'time';

/** Whether programs can be measured here: whether there is a GNU `time` in PATH. */
export function canTimePrograms(): boolean {
	return /GNU/.test(spawnSync(gnuTime, ['--version'], { encoding: 'utf8' }).stdout ?? '');
}

/**
 * Runs a program and measures it with GNU time, whose CPU time is exact to 10 ms.
 *
 * @throws {Error} as `runToEnd` does.
 */
export async function runTimed(options: ProgramOptions): Promise<TimedProgram> {
	const { program, name = program } = options;
	await using folder = await temporaryFolder('time');
	const account = join(folder.path, 'account');
	const { processSeconds } = await runToEnd({
		...options,
		name,
		program: gnuTime,
		arguments: ['--quiet', '--output', account, '--format', '%U %S %M', program, ...options.arguments],
	});
	return { ...timeAccount(await readFile(account, 'utf8')), processSeconds };
}

/**
 * Reads `<user seconds> <system seconds> <peak kilobytes>`.
 *
 * @throws {Error} if it is something else.
 */
export function timeAccount(account: string): ProcessFacts {
	const [, user, system, kilobytes] = /^([\d.]+) ([\d.]+) (\d+)\s*$/.exec(account) ?? [];
	if (kilobytes === undefined) throw new Error(`GNU time left another account than expected: ${account}`);
	return { cpuSeconds: Number(user) + Number(system), maxRssBytes: Number(kilobytes) * 1024 };
}

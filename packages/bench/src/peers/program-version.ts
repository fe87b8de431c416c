import { spawnSync } from 'node:child_process';

/** The program with the version that it tells, such as `curl 7.88.1`; undefined if it is not installed. */
export function programVersion(program: string): string | undefined {
	const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
	if (status !== 0) return undefined;
	return [program, /\d+(?:\.\d+)+/.exec(stdout)?.[0]].filter((part) => part !== undefined).join(' ');
}

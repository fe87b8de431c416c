import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import type { Action } from '../spec/command-spec.ts';
import { UsageError } from '../usage-error.ts';

/** `orbweaver run`: a process of its own, so that the script is all of it: its signals and its exit code are its own. */
export const run: Action = async ({ args, env }) => {
	const [script = '', ...rest] = args;
	if (!existsSync(script)) {
		throw new UsageError(
			`"${script}" is not there; give the file of a script, or make one with "orbweaver init my-crawl".`,
		);
	}
	const child = spawn(process.execPath, [resolve(script), ...rest], { stdio: 'inherit', env });
	// Ctrl-C in a terminal reaches the script by itself; a signal that was sent to us alone has to be passed on.
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
	return code ?? 128 + constants.signals[signal as NodeJS.Signals];
};

import { EXIT_FAILED, EXIT_OK } from '../exit-code.ts';
import { paint } from '../output/terminal.ts';
import type { Action } from '../spec/command-spec.ts';
import { STORAGE_FOLDER } from '../storage-path.ts';
import type { Check } from './check.ts';
import { checkMachine } from './check-machine.ts';

const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const;

/** `orbweaver doctor` */
export const doctor: Action = async ({ options, env }) => {
	const checks = await checkMachine(options.text('folder') ?? STORAGE_FOLDER, env);
	const exitCode = checks.some(({ state }) => state === 'problem') ? EXIT_FAILED : EXIT_OK;
	if (options.flag('json')) process.stdout.write(`${JSON.stringify({ exitCode, checks })}\n`);
	else for (const check of checks) process.stdout.write(`${line(check)}\n`);
	return exitCode;
};

function line({ name, state, found, help }: Check): string {
	const shown = `${paint(COLOURS[state], state.padEnd(7), process.stdout)}  ${name}: ${found}`;
	return help === undefined ? shown : `${shown}\n         ${help}`;
}

// node scripts/with-setup.mjs <command> [arguments]: installs what is missing, then runs the command with the pinned Node.
//
// A script of its own, because `setup && command` in package.json would still run the machine's old Node the first
// time: the shell has looked `node` up before the pinned one was there, and remembers.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './setup.mjs';

const [command, ...arguments_] = process.argv.slice(2);
const modules = join(root, 'node_modules');
const child = spawn(command, arguments_, {
	stdio: 'inherit',
	env: {
		// Sources are TypeScript: what Node makes of them is kept, and the next start takes half the time.
		NODE_COMPILE_CACHE: join(modules, '.cache', 'node-compile'),
		...process.env,
		PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}`,
	},
	shell: process.platform === 'win32',
});
// Ctrl-C in a terminal reaches the command by itself; a signal that was sent to us alone has to be passed on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
	console.error(`${command} cannot be run: ${error.message}`);
	process.exitCode = 1;
});
child.on('exit', (code, signal) => {
	process.exitCode = code ?? 128 + constants.signals[signal];
});

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A process that runs one of the fixtures. */
export interface Child {
	/** What it has written so far. */
	output(): string;
	/** Resolves when it has written `lines` lines. */
	wrote(lines: number): Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Resolves when it has ended by itself. */
	ended(): Promise<void>;
}

/** Starts `fixtures/<name>.ts`. With `fileBlocks` it cannot write files that are longer (POSIX `ulimit -f`). */
export function startChild(name: string, argument: string, options: { fileBlocks?: number } = {}): Child {
	const script = fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url));
	const limit = options.fileBlocks === undefined ? '' : `ulimit -f ${options.fileBlocks}; `;
	const child: ChildProcessByStdio<null, Readable, null> = spawn(
		'sh',
		['-c', `${limit}exec "$0" "$@"`, process.execPath, script, argument],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const closed = once(child, 'close');
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const kill = async (): Promise<void> => {
		child.kill('SIGKILL');
		await closed;
	};
	onTestFinished(kill);
	return {
		output: () => output,
		async wrote(lines) {
			while (output.split('\n').length <= lines) await once(child.stdout, 'data');
		},
		kill,
		async ended() {
			await closed;
		},
	};
}

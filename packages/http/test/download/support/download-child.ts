import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { DownloadOptions } from '../../../src/download/download-options.ts';
import type { DownloadResult } from '../../../src/download/download-result.ts';

/** What a process says at its end: the result, or what it failed with. */
type ChildOutcome = Partial<DownloadResult> & { readonly error?: string; readonly reason?: string };

/** A process that downloads a file, or several copies of it. */
export interface DownloadChild {
	/** Resolves when it begins. */
	readonly started: Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** What it has said, when it has ended; `undefined` if it was killed before it said anything. */
	readonly outcome: Promise<ChildOutcome | undefined>;
}

/** The options that can be given to a process. */
export type ChildOptions = Omit<DownloadOptions, 'signal' | 'onProgress'>;

/** With `copies` it downloads the file so many times, under names that differ. With `fileBlocks` it cannot write files that are longer than so many KiB (`ulimit -f` of bash). */
export function startDownload(
	request: { readonly url: string; readonly file: string; readonly options: ChildOptions; readonly copies?: number },
	limits: { readonly fileBlocks?: number } = {},
): DownloadChild {
	const script = fileURLToPath(new URL('../fixtures/download-child.ts', import.meta.url));
	const command = limits.fileBlocks === undefined ? 'exec "$0" "$@"' : `ulimit -f ${limits.fileBlocks}; exec "$0" "$@"`;
	const child = spawn('bash', ['-c', command, process.execPath, script, JSON.stringify(request)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
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
		started: Promise.race([once(child.stdout, 'data'), closed]).then(() => undefined),
		kill,
		outcome: closed.then(() => {
			const line = output.split('\n')[1];
			return line === undefined || line === '' ? undefined : JSON.parse(line);
		}),
	};
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SiteServer } from './site-server.ts';

/** What the serving process answers whenever it is sent something, and once at its start. */
export interface NodeServerReport {
	readonly url: string;
	readonly requests: number;
}

/**
 * Serves `directory` with the test kit's static server.
 *
 * @throws {Error} if the process ends instead of listening; its complaint is on stderr.
 */
export async function startNodeServer(directory: string): Promise<SiteServer> {
	const script = fileURLToPath(new URL('node-server-child.ts', import.meta.url));
	const child = fork(script, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const { url } = await nextReport(child);
	return {
		name: `the test kit's static server on Node ${process.version}`,
		url,
		async requests() {
			child.send('report');
			return (await nextReport(child)).requests;
		},
		async [Symbol.asyncDispose]() {
			if (child.exitCode === null && child.kill()) await once(child, 'exit');
		},
	};
}

async function nextReport(child: ChildProcess): Promise<NodeServerReport> {
	const ended = new AbortController();
	const end = (): void => ended.abort(new Error('the static server ended unexpectedly'));
	child.once('exit', end);
	try {
		const [report] = (await once(child, 'message', { signal: ended.signal })) as [NodeServerReport];
		return report;
	} catch (error) {
		throw ended.signal.aborted ? (ended.signal.reason as Error) : error;
	} finally {
		child.off('exit', end);
	}
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server of ours in a process of its own, so that its work is not on the contestants' account. */
export interface ServerProcess<Report> extends AsyncDisposable {
	/** What it said at its start. */
	readonly first: Report;
	/** Asks it for a report. */
	report(): Promise<Report>;
}

/**
 * Starts a script that answers through `reportToBench`.
 *
 * @throws {Error} if the process ends instead of listening; its complaint is on stderr.
 */
export async function startServerProcess<Report>(
	script: URL,
	arguments_: readonly string[],
): Promise<ServerProcess<Report>> {
	const child = fork(fileURLToPath(script), arguments_, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	return {
		first: await nextReport<Report>(child),
		async report() {
			child.send('report');
			return nextReport<Report>(child);
		},
		async [Symbol.asyncDispose]() {
			if (child.exitCode === null && child.kill()) await once(child, 'exit');
		},
	};
}

/** The server's side: reports once it listens and whenever it is asked, and ends with the bench. */
export function reportToBench<Report extends object>(report: () => Report): void {
	process.on('message', () => process.send?.(report()));
	// The bench is gone: nobody else will end this process.
	process.on('disconnect', () => process.exit());
	process.send?.(report());
}

async function nextReport<Report>(child: ChildProcess): Promise<Report> {
	const ended = new AbortController();
	const end = (): void => ended.abort(new Error('the server ended unexpectedly'));
	child.once('exit', end);
	try {
		const [report] = (await once(child, 'message', { signal: ended.signal })) as [Report];
		return report;
	} catch (error) {
		throw ended.signal.aborted ? (ended.signal.reason as Error) : error;
	} finally {
		child.off('exit', end);
	}
}

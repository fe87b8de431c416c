// npm run log-monitor -- <file or pattern…> [options]: shows log files live in the browser, until Ctrl-C.
import { once } from 'node:events';
import { MonitorError, type MonitorOptions, startMonitor } from '@orbweaver/monitor';
import { readArguments, USAGE } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** One Ctrl-C may arrive up to three times, passed on by npm and by the script before us. */
const SAME_SIGNAL_MS = 250;

try {
	const options = readArguments(process.argv.slice(2), process.env);
	if (options === undefined) console.log(USAGE);
	else await show(options);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = isWrongUse(error) ? 2 : 1;
}

async function show(options: MonitorOptions): Promise<void> {
	const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	await using monitor = await startMonitor(options);
	const files = monitor.sources.filter(({ kind }) => kind === 'file').map(({ name }) => name);
	console.log(files.length === 0 ? 'No file matches yet: it is waited for.' : `Following ${files.join(', ')}`);
	console.log(`Open ${monitor.pageUrl} · Ctrl-C ends it`);
	await stop;
	leaveOnSecondSignal();
}

/** Ending takes a second at most, when a watcher does not answer; who is in a hurry presses again. */
function leaveOnSecondSignal(): void {
	const stoppedAt = performance.now();
	for (const name of ['SIGINT', 'SIGTERM'] as const) {
		process.on(name, () => {
			if (performance.now() - stoppedAt >= SAME_SIGNAL_MS) process.exit(0);
		});
	}
}

function isWrongUse(error: unknown): boolean {
	return error instanceof UsageError || (error instanceof MonitorError && error.code === 'ORB_MONITOR_OPTION');
}

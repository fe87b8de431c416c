import { constants } from 'node:os';

/** One Ctrl-C may arrive up to three times, passed on by npm and by the script before us; nobody presses so fast. */
const SAME_SIGNAL_MS = 250;

/**
 * Ctrl-C and SIGTERM: the first asks for an end, another leaves at once.
 *
 * @param onFirst says so.
 * @param onSecond the last words.
 * @returns a signal that fires at the first, with the exit code as its reason.
 */
export function stopSignal(onFirst: () => void, onSecond: () => void): AbortSignal {
	const stop = new AbortController();
	let stoppedAt: number | undefined;
	const listener = (name: NodeJS.Signals): void => {
		const exitCode = 128 + constants.signals[name];
		if (stoppedAt === undefined) {
			stoppedAt = performance.now();
			stop.abort(exitCode);
			onFirst();
		} else if (performance.now() - stoppedAt >= SAME_SIGNAL_MS) {
			onSecond();
			process.exit(exitCode);
		}
	};
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, listener);
	return stop.signal;
}

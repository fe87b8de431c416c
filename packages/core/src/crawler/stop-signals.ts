import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * One Ctrl-C may arrive twice: from the terminal, and passed on by a parent such as npm. What comes within this time is
 * the same one; nobody presses twice so fast.
 */
const SAME_SIGNAL_MS = 250;

/** The least time that a script has, after a run whose pages did not end in time, before the process is ended. */
const LEAST_LAST_GRACE_MS = 1_000;

/** What a first signal does, and what happens when it takes too long. */
export interface StopActions {
	/** Ends the crawl gently: nothing new is begun. */
	stop(signal: string): void;
	/** Ends it now; what is in flight is given back. */
	abandon(): void;
	/** How long the pages in flight have, in milliseconds. */
	graceMs: number;
}

/**
 * Lets Ctrl-C and SIGTERM end a crawl gently: what is in flight is finished and stored. A second signal leaves at once;
 * nothing that was stored is lost by that either.
 *
 * A handler that was abandoned may go on for ever and keep the process alive. So the process is ended when it is still
 * there, as long again after the run, as the pages in flight had.
 *
 * @returns a function that takes the listeners off again, for the end of the run.
 */
export function listenForStop(actions: StopActions): () => void {
	let timer: NodeJS.Timeout | undefined;
	let stoppedAt: number | undefined;
	let hasAbandoned = false;
	const listener = (signal: NodeJS.Signals): void => {
		const exitCode = 128 + constants.signals[signal];
		if (stoppedAt !== undefined) {
			if (performance.now() - stoppedAt >= SAME_SIGNAL_MS) process.exit(exitCode);
			return;
		}
		stoppedAt = performance.now();
		process.exitCode = exitCode;
		actions.stop(signal);
		timer = setTimeout(() => {
			hasAbandoned = true;
			actions.abandon();
		}, actions.graceMs);
	};
	for (const signal of SIGNALS) process.on(signal, listener);
	return () => {
		clearTimeout(timer);
		for (const signal of SIGNALS) process.off(signal, listener);
		// Not waited for: a process that nothing keeps alive ends at once.
		if (hasAbandoned) setTimeout(() => process.exit(), Math.max(actions.graceMs, LEAST_LAST_GRACE_MS)).unref();
	};
}

/**
 * Takes off the SIGINT listener that Crawlee puts on just before it starts its pool. It would abort the crawl in the
 * middle of its pages and tell the user to set a variable that means nothing here.
 */
export function withoutCrawleesSigint(pool: { run(): Promise<void> }): void {
	const before = new Set(process.listeners('SIGINT'));
	const run = pool.run.bind(pool);
	pool.run = () => {
		// Only the newest: others may have come meanwhile from somebody else, such as a second crawler.
		const newest = process.listeners('SIGINT').at(-1);
		if (newest !== undefined && !before.has(newest)) process.off('SIGINT', newest);
		return run();
	};
}

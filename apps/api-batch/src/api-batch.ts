import { basename } from 'node:path';
import type { Settings } from './arguments.ts';
import { countInput, isCountable } from './input.ts';
import { showProgress } from './progress.ts';
import { ResultFile } from './result-file.ts';
import { runRequests } from './run-requests.ts';
import { stopSignal } from './stop-signals.ts';
import { exitCode, summary } from './summary.ts';
import { Tally } from './tally.ts';

/** Runs all of a command line, and tells the exit code. */
export async function apiBatch(settings: Settings): Promise<number> {
	const { input, output, baseUrl, account, quiet } = settings;
	const canCount = await isCountable(input);
	using results = await ResultFile.open(output, { input: basename(input), baseUrl });
	const tally = new Tally();
	const isSignedIn = account !== undefined;
	let hideProgress = quiet ? () => {} : showProgress(tally);
	const stop = stopSignal(() => {
		hideProgress();
		results[Symbol.dispose]();
	});
	stop.addEventListener('abort', () => {
		if (quiet) return;
		// A line that is redrawn in place would be drawn over this one.
		hideProgress();
		console.error('Finishing the requests in flight; Ctrl-C again leaves at once.');
		hideProgress = showProgress(tally);
	});
	const ended = new AbortController();
	if (canCount) {
		void countInput(input, ended.signal).then((lines) => {
			tally.lines = lines;
		});
	}
	try {
		await runRequests({ settings, results, tally, stop });
	} catch (error) {
		hideProgress();
		if (!quiet && tally.finished > 0)
			console.log(summary({ tally, output, isSignedIn, isBroken: true, stopCode: undefined }));
		throw error;
	} finally {
		ended.abort();
		hideProgress();
	}
	const run = { tally, output, isSignedIn, stopCode: stop.reason as number | undefined };
	if (!quiet) console.log(summary(run));
	return exitCode(run);
}

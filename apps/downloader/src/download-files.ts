import { HttpClient } from '@orbweaver/http';
import type { Settings } from './arguments.ts';
import { FinishedFiles } from './finished-files.ts';
import { jsonReport } from './json-report.ts';
import { outageLines } from './outage-lines.ts';
import { prepareFolders } from './output-folder.ts';
import { ProgressBars } from './progress-bars.ts';
import { ProgressLines } from './progress-lines.ts';
import { NO_VIEW, type ProgressView } from './progress-view.ts';
import { readJobs } from './read-jobs.ts';
import { report } from './report.ts';
import { runJobs } from './run-jobs.ts';
import { exitCode, runTotals } from './run-totals.ts';
import { stopSignal } from './stop-signals.ts';

/**
 * Downloads all of a command line, and tells the exit code.
 *
 * @throws UsageError before anything is fetched.
 */
export async function downloadFiles(settings: Settings): Promise<number> {
	const { output, overwrite, json, quiet } = settings;
	const jobs = await readJobs(settings);
	await prepareFolders(output, jobs);
	const finished = await FinishedFiles.open(output);
	const view = chooseView(quiet, jobs.length);
	const stop = stopSignal(() => view.close());
	stop.addEventListener('abort', () => view.say('Stopping; what has arrived is kept. Ctrl-C again leaves at once.'));
	const startedAt = performance.now();
	const hooks = settings.retries > 0 ? outageLines((text) => view.say(text)) : {};
	await using client = new HttpClient({ userAgent: 'orbweaver-download', proxy: 'environment', hooks });
	const outcomes = await runJobs(jobs, { client, settings, finished, view, stop });
	view.close();
	const totals = runTotals(outcomes, (performance.now() - startedAt) / 1_000);
	const code = exitCode(totals, stop.reason as number | undefined);
	const isStopped = totals.stopped + totals.waiting > 0;
	// Who wants files replaced wants that again in the next run, unless this one is to be continued.
	if (code === 0 || (!isStopped && overwrite !== 'skip')) await finished.remove();
	if (quiet) for (const outcome of outcomes) if (outcome.status === 'failed') console.error(outcome.problem);
	if (json) console.log(jsonReport(outcomes, totals, code));
	else if (!quiet) console.log(report(outcomes, totals, isStopped));
	return code;
}

function chooseView(quiet: boolean, files: number): ProgressView {
	const { stderr } = process;
	if (quiet) return NO_VIEW;
	return stderr.isTTY && process.env.TERM !== 'dumb'
		? new ProgressBars(stderr, files)
		: new ProgressLines(stderr, files);
}

import type { DownloadOptions, HttpClient } from '@orbweaver/http';
import { AbortedError, BandwidthLimit } from '@orbweaver/http';
import { size } from './amounts.ts';
import type { Settings } from './arguments.ts';
import { shownUrl } from './entry.ts';
import { failureOf } from './failure.ts';
import type { FinishedFiles } from './finished-files.ts';
import type { Job } from './job.ts';
import { keptBytes } from './kept-bytes.ts';
import { type Outcome, type There, thereOf } from './outcome.ts';
import type { ProgressView } from './progress-view.ts';

/** What jobs are run with. */
export interface JobTools {
	readonly client: HttpClient;
	readonly settings: Settings;
	readonly finished: FinishedFiles;
	readonly view: ProgressView;
	readonly stop: AbortSignal;
}

/** Runs the jobs, so many at a time, and tells what became of each, in their order. */
export async function runJobs(jobs: readonly Job[], tools: JobTools): Promise<Outcome[]> {
	const { settings, view, stop } = tools;
	const { bytesPerSecond } = settings;
	const bandwidth = Number.isFinite(bytesPerSecond) ? new BandwidthLimit(bytesPerSecond) : undefined;
	const outcomes = jobs.map((job): Outcome => ({ job, status: 'waiting' }));
	const queue = jobs.entries();
	const stored = new Map<string, Job>();
	const work = async (): Promise<void> => {
		for (const [index, job] of queue) {
			if (stop.aborted) return;
			const outcome = withOwnName(await runJob(job, bandwidth, tools), stored);
			outcomes[index] = outcome;
			view.ended(outcome);
		}
	};
	await Promise.all(Array.from({ length: settings.parallel }, work));
	return outcomes;
}

/** Where servers name the files, two may get the same name, and the second has replaced the first if that was allowed. */
function withOwnName(outcome: Outcome, stored: Map<string, Job>): Outcome {
	if (outcome.status !== 'there') return outcome;
	const { job, there } = outcome;
	const other = stored.get(there.path);
	stored.set(there.path, job);
	if (other === undefined || there.skipped) return outcome;
	const problem = `${shownUrl(job.url)} was stored in ${there.path}, and replaced what ${shownUrl(other.url)} had just brought there: give one of them another name with out=<name>.`;
	return { job, status: 'failed', reason: 'exists', problem, keptBytes: 0 };
}

async function runJob(job: Job, bandwidth: BandwidthLimit | undefined, tools: JobTools): Promise<Outcome> {
	const { client, finished, view, stop } = tools;
	view.began(job);
	let arrived = { bytes: 0, resumedFrom: 0 };
	try {
		const there = (await finished.find(job)) ?? (await download());
		return { job, status: 'there', there };
	} catch (error) {
		if (stop.aborted && error instanceof AbortedError) return { job, status: 'stopped', ...arrived };
		const kept = job.file === undefined ? 0 : await keptBytes(job.file);
		return { job, status: 'failed', ...failureOf(error), keptBytes: kept };
	}

	async function download(): Promise<There> {
		const there = thereOf(
			await client.download(job.url, job.target, {
				...optionsFor(job, tools.settings),
				signal: stop,
				...(bandwidth !== undefined && { maxBytesPerSecond: bandwidth }),
				onProgress: (progress) => {
					const { bytes, resumedFrom } = progress;
					if (resumedFrom > arrived.resumedFrom) view.say(`${job.title}: goes on from ${size(resumedFrom)}`);
					arrived = { bytes, resumedFrom };
					view.progressed(job, progress);
				},
			}),
		);
		await finished.add(job, there);
		return there;
	}
}

function optionsFor({ mirrors, digest }: Job, settings: Settings): DownloadOptions {
	const { segments, headers, retries, timeoutMs, overwrite } = settings;
	return {
		segments,
		mirrors,
		overwrite,
		headers,
		retry: { limit: retries },
		timeouts: { connectMs: timeoutMs, headersMs: timeoutMs, readMs: timeoutMs },
		...(digest !== undefined && { digest }),
	};
}

import type { DownloadOptions, HttpClient } from '@orbweaver/http';
import { AbortedError } from '@orbweaver/http';
import type { Settings } from './arguments.ts';
import { failureOf } from './failure.ts';
import type { FinishedFiles } from './finished-files.ts';
import type { Job } from './job.ts';
import { type Outcome, type There, thereOf } from './outcome.ts';
import type { ProgressView } from './progress-view.ts';
import { RateShares } from './rate-shares.ts';

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
	const shares = new RateShares(settings.bytesPerSecond, settings.parallel);
	const outcomes = jobs.map((job): Outcome => ({ job, status: 'waiting' }));
	const queue = jobs.entries();
	let waiting = jobs.length;
	const work = async (): Promise<void> => {
		for (const [index, job] of queue) {
			if (stop.aborted) return;
			waiting -= 1;
			const share = shares.take(waiting);
			const outcome = await runJob(job, share, tools);
			shares.giveBack(share);
			outcomes[index] = outcome;
			view.ended(outcome);
		}
	};
	await Promise.all(Array.from({ length: settings.parallel }, work));
	return outcomes;
}

async function runJob(job: Job, bytesPerSecond: number, tools: JobTools): Promise<Outcome> {
	const { client, finished, view, stop } = tools;
	view.began(job);
	let arrived = { bytes: 0, resumedFrom: 0 };
	try {
		const there = (await finished.find(job)) ?? (await download());
		return { job, status: 'there', there };
	} catch (error) {
		if (stop.aborted && error instanceof AbortedError) return { job, status: 'stopped', ...arrived };
		return { job, status: 'failed', ...failureOf(error) };
	}

	async function download(): Promise<There> {
		const there = thereOf(
			await client.download(job.url, job.target, {
				...optionsFor(job, tools.settings),
				signal: stop,
				...(Number.isFinite(bytesPerSecond) && { maxBytesPerSecond: bytesPerSecond }),
				onProgress: (progress) => {
					const { bytes, resumedFrom } = progress;
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

import { type DownloadOptions, HttpClient } from '@orbweaver/http';
import type { DownloadContestant } from './contract.ts';

/** Our client's `download` as it comes: to a `.part` file that can be resumed, renamed when whole and on the disk. */
export const downloadSafely: DownloadContestant = (job) => download(job, {});

/** The same without waiting for the disk, as nobody else here waits for it. */
export const downloadOnly: DownloadContestant = (job) => download(job, { fsync: false });

/** The same, verified. */
export const downloadVerified: DownloadContestant = (job) => download(job, { fsync: false, sha256: job.sha256 });

/** The same over four connections. */
export const downloadInFour: DownloadContestant = (job) => download(job, { fsync: false, segments: 4 });

async function download({ url, file }: Parameters<DownloadContestant>[0], options: DownloadOptions): Promise<void> {
	await using client = new HttpClient();
	await client.download(url, file, options);
}

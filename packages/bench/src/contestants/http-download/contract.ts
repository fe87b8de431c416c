import type { WorkCost } from '../../measure/work-cost.ts';

/** Bring one file from the server to the disk. */
export interface DownloadJob {
	readonly url: string;
	/** Where it shall be at the end; nothing is there. */
	readonly file: string;
	/** Of the whole file, in hexadecimal, for those who verify. */
	readonly sha256: string;
}

/** A contestant that runs on Node. Everything it needs is loaded before it is called. */
export type DownloadContestant = (job: DownloadJob) => Promise<void>;

/** What its process answers; what it wrote is looked at by the bench. */
export type DownloadAnswer = WorkCost;

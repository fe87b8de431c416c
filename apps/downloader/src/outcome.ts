import type { DownloadResult } from '@orbweaver/http';
import type { Job } from './job.ts';

/** A file that is there. */
export interface There {
	readonly path: string;
	readonly bytes: number;
	/** Bytes that an earlier run had left of it. */
	readonly resumedFrom: number;
	/** Nothing had to be downloaded. */
	readonly skipped: boolean;
	/** In hexadecimal, where somebody has asked for it. */
	readonly sha256: string | undefined;
	readonly durationMs: number;
}

/** What became of a job. */
export type Outcome = { readonly job: Job } & (
	| { readonly status: 'there'; readonly there: There }
	/** `reason` is stable, `problem` is for people; the next run can go on from `keptBytes`. */
	| { readonly status: 'failed'; readonly reason: string; readonly problem: string; readonly keptBytes: number }
	/** It was stopped midway: what has arrived of it is kept, where it can be gone on with. */
	| { readonly status: 'stopped'; readonly bytes: number; readonly resumedFrom: number }
	/** It was not begun. */
	| { readonly status: 'waiting' }
);

/** What of a result is of interest here. */
export function thereOf({ path, bytes, resumedFrom, skipped, sha256, durationMs }: DownloadResult): There {
	return { path, bytes, resumedFrom, skipped, sha256, durationMs };
}

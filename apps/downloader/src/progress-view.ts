import type { DownloadProgress } from '@orbweaver/http';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';

/** Shows how far a run is. */
export interface ProgressView {
	began(job: Job): void;
	progressed(job: Job, progress: DownloadProgress): void;
	ended(outcome: Outcome): void;
	/** Says something between. */
	say(text: string): void;
	/** Leaves the terminal as it was; may be called twice. */
	close(): void;
}

/** For those who want to see nothing. */
export const NO_VIEW: ProgressView = { began() {}, progressed() {}, ended() {}, say() {}, close() {} };

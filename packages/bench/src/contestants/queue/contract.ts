import type { QueueStepName } from './names.ts';

/** Fill a queue, then work on it while it stays as full as it is. */
export interface QueueJob {
	/** How many URLs wait. */
	readonly urls: number;
	/** How many are added, taken and finished while they wait. */
	readonly requests: number;
	/** An empty folder on a disk; removed afterwards. */
	readonly directory: string;
}

/** What a step of the work cost. */
export interface StepCost {
	/** Requests; in `links`, links that were looked at. */
	readonly count: number;
	readonly seconds: number;
	/** User and system time of all threads. */
	readonly cpuSeconds: number;
}

/** What a contestant's process answers. */
export interface QueueAnswer {
	/** From the empty queue to the full one. */
	readonly fill: StepCost;
	readonly steps: Readonly<Record<QueueStepName, StepCost>>;
	/** Largest resident set before the work began: what start-up and imports take. */
	readonly importedRssBytes: number;
	/** How many wait after all that. */
	readonly waiting: number;
	/** Of the file with its log, as the work has left it; none for a queue in memory. */
	readonly fileBytes?: number;
	/** Opening the file again after it was closed. */
	readonly openSeconds?: number;
	/** The same after the process that had it was killed with requests taken. */
	readonly openAfterKillSeconds?: number;
	/** How many of these requests wait again. */
	readonly reclaimed?: number;
}

/** A contestant: its module's default export. Everything it needs is loaded before it is called. */
export type QueueContestant = (job: QueueJob) => Promise<Omit<QueueAnswer, 'importedRssBytes'>>;

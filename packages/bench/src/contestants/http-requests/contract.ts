import type { WorkCost } from '../../measure/work-cost.ts';

/** Ask for one URL again and again, and read each answer whole. */
export interface RequestsJob {
	readonly url: string;
	/** How many requests, all together. */
	readonly requests: number;
	/** Requests in flight at a time. */
	readonly concurrency: number;
	/** `text`: the body decoded. `json`: the body parsed, a `Payload`; asked only of those in the tutorial's table. */
	readonly read: 'text' | 'json';
}

/** The JSON of the answers. */
export interface Payload {
	readonly text: string;
}

/** What a contestant says it has done. */
export interface RequestsTally {
	/** Answers that were read whole. */
	readonly answers: number;
	/** Length of all texts, or of the `text` of all payloads, in UTF-16 units (all ASCII here). */
	readonly characters: number;
}

/** A contestant that is ready to ask. */
export interface Asker {
	/** Asks once and returns the text of the answer. Called again before it is done, as often as `concurrency` says. */
	ask(): Promise<string>;
	/** Closes its connections. */
	close(): Promise<void> | void;
}

/** A contestant: its module's default export. Everything it needs is loaded before it is called. */
export type RequestsContestant = (job: RequestsJob) => Asker;

/** What its process answers. */
export type RequestsAnswer = RequestsTally & WorkCost;

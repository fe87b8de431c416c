import type { WorkCost } from '../../measure/work-cost.ts';

/** Read every message until the server closes. */
export interface MessagesJob {
	readonly url: string;
}

/** What a contestant says it has read. */
export interface MessagesTally {
	readonly messages: number;
	/** Of all messages together, without framing. */
	readonly bytes: number;
}

/** A contestant: its module's default export. Everything it needs is loaded before it is called. */
export type MessagesContestant = (job: MessagesJob) => Promise<MessagesTally>;

/** What its process answers. */
export type MessagesAnswer = MessagesTally & WorkCost;

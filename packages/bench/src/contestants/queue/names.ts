/** Who can take part in the queue, in the order of the table. */
export const queueContestants = ['ours', 'crawlee'] as const;

/** One of them. */
export type QueueContestantName = (typeof queueContestants)[number];

/** What is measured of each, in the order it is done. */
export const queueSteps = ['add', 'links', 'take', 'finish'] as const;

/** One of them. */
export type QueueStepName = (typeof queueSteps)[number];

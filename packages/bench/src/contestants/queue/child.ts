import { answerAsChild } from '../../measure/child-process.ts';
import { peakRssBytes } from '../../measure/peak-memory.ts';
import type { QueueAnswer, QueueContestant, QueueJob } from './contract.ts';
import type { QueueContestantName } from './names.ts';

// Loaded one at a time: nobody's start-up and memory may contain another's modules.
const modules: Record<QueueContestantName, () => Promise<{ default: QueueContestant }>> = {
	ours: () => import('./ours.ts'),
	crawlee: () => import('./crawlee.ts'),
};

await answerAsChild(async (name, job: QueueJob): Promise<QueueAnswer> => {
	const { default: work } = await modules[name as QueueContestantName]();
	const importedRssBytes = peakRssBytes();
	return { ...(await work(job)), importedRssBytes };
});

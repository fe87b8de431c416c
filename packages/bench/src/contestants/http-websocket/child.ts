import { answerAsChild } from '../../measure/child-process.ts';
import { withCost } from '../../measure/work-cost.ts';
import type { MessagesAnswer, MessagesContestant, MessagesJob } from './contract.ts';
import type { NodeReader } from './names.ts';

// Loaded one at a time: nobody's start-up and memory may contain another's modules.
const modules: Record<NodeReader, () => Promise<{ default: MessagesContestant }>> = {
	ours: () => import('./ours.ts'),
	ws: () => import('./ws.ts'),
};

await answerAsChild(async (name, job: MessagesJob): Promise<MessagesAnswer> => {
	const { default: read } = await modules[name as NodeReader]();
	return withCost(() => read(job));
});

import { answerAsChild } from '../../measure/child-process.ts';
import { withCost } from '../../measure/work-cost.ts';
import { askAll } from './ask-all.ts';
import type { RequestsAnswer, RequestsContestant, RequestsJob } from './contract.ts';
import type { NodeAsker } from './names.ts';

// Loaded one at a time: nobody's start-up and memory may contain another's modules.
const modules: Record<NodeAsker, () => Promise<{ default: RequestsContestant }>> = {
	ours: () => import('./ours.ts'),
	'ours-read': () => import('./ours-read.ts'),
	undici: () => import('./undici.ts'),
	fetch: () => import('./fetch.ts'),
	got: () => import('./got.ts'),
	axios: () => import('./axios.ts'),
};

await answerAsChild(async (name, job: RequestsJob): Promise<RequestsAnswer> => {
	const { default: open } = await modules[name as NodeAsker]();
	return withCost(() => askAll(open(job), job));
});

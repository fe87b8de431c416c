import { answerAsChild } from '../../measure/child-process.ts';
import type { CrawlAnswer, CrawlContestant, CrawlJob } from './contract.ts';
import type { CrawlContestantName } from './names.ts';

// Loaded one at a time: nobody's start-up and memory may contain another's modules.
const modules: Record<CrawlContestantName, () => Promise<{ default: CrawlContestant }>> = {
	ours: () => import('./ours.ts'),
	'ours-memory': () => import('./ours-memory.ts'),
	bare: () => import('./bare.ts'),
	crawlee: () => import('./crawlee.ts'),
};

await answerAsChild(async (name, job: CrawlJob): Promise<CrawlAnswer> => {
	const { default: crawl } = await modules[name as CrawlContestantName]();
	const started = performance.now();
	const tally = await crawl(job);
	return { ...tally, seconds: (performance.now() - started) / 1000 };
});

import { answerAsChild } from '../../measure/child-process.ts';
import { withCost } from '../../measure/work-cost.ts';
import type { DownloadAnswer, DownloadContestant, DownloadJob } from './contract.ts';
import type { NodeDownloader } from './names.ts';

// Loaded one at a time: nobody's start-up and memory may contain another's modules.
const contestants: Record<NodeDownloader, () => Promise<DownloadContestant>> = {
	ours: async () => (await import('./ours.ts')).downloadOnly,
	'ours-fsync': async () => (await import('./ours.ts')).downloadSafely,
	'ours-sha256': async () => (await import('./ours.ts')).downloadVerified,
	'ours-4': async () => (await import('./ours.ts')).downloadInFour,
	undici: async () => (await import('./undici.ts')).pipeToFile,
};

await answerAsChild(async (name, job: DownloadJob): Promise<DownloadAnswer> => {
	const download = await contestants[name as NodeDownloader]();
	return withCost(async () => {
		await download(job);
		return {};
	});
});

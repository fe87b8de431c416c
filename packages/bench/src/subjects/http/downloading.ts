import type { DownloadAnswer, DownloadJob } from '../../contestants/http-download/contract.ts';
import type { NodeDownloader } from '../../contestants/http-download/names.ts';
import { type DownloadProgramName, downloadPrograms } from '../../contestants/http-download/programs.ts';
import { runChild } from '../../measure/child-process.ts';
import { runTimed } from '../../measure/timed-program.ts';
import type { DownloadSample } from './download-rules.ts';

/** A contestant of `src/contestants/http-download`. */
export type Downloader = NodeDownloader | DownloadProgramName;

const script = new URL('../../contestants/http-download/child.ts', import.meta.url);

/** Whether it is a program of its own; the others run on Node. */
export function isProgram(name: Downloader): name is DownloadProgramName {
	return Object.hasOwn(downloadPrograms, name);
}

/** Downloads in a process of its own. */
export async function runDownloader(
	name: Downloader,
	job: DownloadJob,
	nodeArguments: readonly string[],
): Promise<Omit<DownloadSample, 'file'>> {
	if (isProgram(name)) {
		const { program, arguments: argumentsOf } = downloadPrograms[name];
		const { processSeconds, cpuSeconds, maxRssBytes } = await runTimed({ program, arguments: argumentsOf(job), name });
		return { seconds: processSeconds, workCpuSeconds: cpuSeconds, maxRssBytes };
	}
	const { answer, maxRssBytes } = await runChild<DownloadAnswer>({ script, name, job, nodeArguments });
	return { seconds: answer.seconds, workCpuSeconds: answer.workCpuSeconds, maxRssBytes };
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOptions } from '../../arguments.ts';
import type { RequestsJob } from '../../contestants/http-requests/contract.ts';
import { note } from '../../note.ts';
import { attend } from '../../peers/attend.ts';
import { startSiteServer } from '../../server/site-server.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type AskerName, isNodeAsker, needOfAsker, runAsker } from './asking.ts';
import { chosen, type HttpPart, type PartResult } from './part.ts';
import { type RequestsSample, requestsRules } from './requests-rules.ts';
import { measureSection } from './section.ts';

const contestants: readonly AskerName[] = ['ours', 'ours-read', 'undici', 'fetch', 'got', 'axios', 'aiohttp'];

const sentence = '<p>The orb-weaver spins a round web, and spins it anew every night.</p>\n';
const page = sentence.repeat(Math.ceil((16 * 1024) / sentence.length)).slice(0, 16 * 1024);

/** Many requests for a page of 16 KB, as fast as they go. */
export const requests: HttpPart = { contestants, run: runRequests };

async function runRequests(wanted: readonly string[], options: BenchOptions): Promise<PartResult> {
	const { requests = 50_000, concurrency = 64 } = options;
	const { names, programs, versions, absences } = await attend(chosen(contestants, wanted), needOfAsker);
	await using folder = await temporaryFolder('pages');
	await writeFile(join(folder.path, 'page.html'), page);
	await using server = await startSiteServer(folder.path, note);
	const job: RequestsJob = { url: `${server.url}/page.html`, requests, concurrency, read: 'text' };
	const once = async (asker: AskerName, nodeArguments: readonly string[]): Promise<RequestsSample> => {
		const before = await server.requests();
		const measured = await runAsker({ asker, job, nodeArguments, program: programs.get(asker) });
		return { ...measured, served: (await server.requests()) - before };
	};
	const section = await measureSection(
		{
			label: 'requests',
			setting: `${requests} GETs of a page of 16 KB, ${concurrency} at a time, served by ${server.name}`,
			names,
			once,
			runsOnNode: isNodeAsker,
			rules: requestsRules(job, page.length),
			remarks: absences,
		},
		options,
	);
	return { versions, settings: { requests, concurrency, server: server.name }, sections: [section] };
}

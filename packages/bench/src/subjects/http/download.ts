import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOptions } from '../../arguments.ts';
import type { DownloadJob } from '../../contestants/http-download/contract.ts';
import { nodeDownloaders } from '../../contestants/http-download/names.ts';
import { type DownloadProgramName, downloadPrograms } from '../../contestants/http-download/programs.ts';
import { diskFolder } from '../../disk-folder.ts';
import { note } from '../../note.ts';
import { absence, attend } from '../../peers/attend.ts';
import { startSiteServer } from '../../server/site-server.ts';
import { fileFacts, writeLargeFile } from '../../site/large-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type DownloadSample, downloadRules } from './download-rules.ts';
import { type Downloader, isProgram, runDownloader } from './downloading.ts';
import { chosen, type HttpPart, type PartResult } from './part.ts';
import { measureSection } from './section.ts';

const contestants: readonly Downloader[] = [
	...nodeDownloaders,
	...(Object.keys(downloadPrograms) as DownloadProgramName[]),
];

/** One large file, from a server to the disk. */
export const download: HttpPart = { contestants, run: runDownload };

async function runDownload(wanted: readonly string[], options: BenchOptions): Promise<PartResult> {
	const { sizeMiB = 1024 } = options;
	const size = sizeMiB * 1024 * 1024;
	const { names, versions, absences } = await attend(chosen(contestants, wanted), (name) =>
		isProgram(name) ? { kind: 'program', program: downloadPrograms[name].program } : undefined,
	);
	// The served file and one download at a time.
	await using folder = await diskFolder('download', 2 * size);
	const site = join(folder.path, 'site');
	await mkdir(site);
	note(`writing a file of ${sizeMiB} MiB …`);
	const whole = await writeLargeFile(join(site, 'file.bin'), size);
	await using server = await startSiteServer(site, note);

	const inParts = names.filter((name) => name.endsWith('-4') && !server.servesRanges);
	const once = async (name: Downloader, nodeArguments: readonly string[]): Promise<DownloadSample> => {
		await using target = await temporaryFolder(name, folder.path);
		const job: DownloadJob = {
			url: `${server.url}/file.bin`,
			file: join(target.path, 'file.bin'),
			sha256: whole.sha256,
		};
		const cost = await runDownloader(name, job, nodeArguments);
		return { ...cost, file: await fileFacts(job.file) };
	};
	const section = await measureSection(
		{
			label: 'download',
			setting: `a file of ${sizeMiB} MiB, served by ${server.name}; nobody but ours-fsync waits for the disk`,
			names: names.filter((name) => !inParts.includes(name)),
			once,
			runsOnNode: (name) => !isProgram(name),
			rules: downloadRules(whole),
			remarks: [...absences, ...inParts.map((name) => absence(name, `${server.name} serves no parts of files`))],
		},
		options,
	);
	return { versions, settings: { sizeMiB, server: server.name, file: whole }, sections: [section] };
}

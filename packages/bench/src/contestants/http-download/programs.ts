import { basename, dirname } from 'node:path';
import type { DownloadJob } from './contract.ts';

/** A downloader that is a program of its own. */
export interface DownloadProgram {
	readonly program: string;
	/** Asks for the job, without the user's own settings and without chatter. */
	readonly arguments: (job: DownloadJob) => readonly string[];
}

/** One of those there are. */
export type DownloadProgramName = 'curl' | 'wget' | 'aria2' | 'aria2-4';

/** All of them, in the order of the table. */
export const downloadPrograms: Readonly<Record<DownloadProgramName, DownloadProgram>> = {
	curl: {
		program: 'curl',
		arguments: ({ url, file }) => ['--disable', '--silent', '--show-error', '--fail', '--output', file, url],
	},
	wget: {
		program: 'wget',
		arguments: ({ url, file }) => ['--no-config', '--quiet', `--output-document=${file}`, url],
	},
	aria2: { program: 'aria2c', arguments: (job) => aria2Arguments(job, 1) },
	'aria2-4': { program: 'aria2c', arguments: (job) => aria2Arguments(job, 4) },
};

/** As fast as it can be set: by default it writes the whole file once before, full of zeros. Parts are ours in size. */
function aria2Arguments({ url, file }: DownloadJob, connections: number): string[] {
	const speed = [`--max-connection-per-server=${connections}`, `--split=${connections}`, '--min-split-size=4M'];
	const place = [`--dir=${dirname(file)}`, `--out=${basename(file)}`];
	return ['--no-conf', '--quiet', '--file-allocation=none', ...place, ...speed, url];
}

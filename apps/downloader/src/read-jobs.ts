import type { Settings } from './arguments.ts';
import { Checksums } from './checksums.ts';
import { type Entry, parseEntry } from './entry.ts';
import { type Job, planJobs } from './job.ts';
import { readList } from './read-list.ts';

/**
 * All files that the command line and its lists name.
 *
 * @throws UsageError for what cannot be used.
 */
export async function readJobs({ urls, lists, output, sha256, checksums }: Settings): Promise<Job[]> {
	const entries: Entry[] = urls.map((url, index) => parseEntry(url, `URL ${index + 1}`));
	for (const list of lists) entries.push(...(await readList(list)));
	return planJobs(entries, {
		output,
		sha256,
		checksums: checksums === undefined ? undefined : await Checksums.read(checksums),
	});
}

import { join, sep } from 'node:path';
import type { Checksums } from './checksums.ts';
import { type Digest, parseDigest } from './digest.ts';
import { type Entry, shownUrl } from './entry.ts';
import { nameFromUrl, pathOf } from './file-name.ts';
import { UsageError } from './usage-error.ts';

/** One file to download. */
export interface Job {
	readonly url: URL;
	readonly mirrors: readonly URL[];
	/** The path of the file; or the folder, ending in a separator, when the server names the file. */
	readonly target: string;
	/** The path of the file, where it is known. */
	readonly file: string | undefined;
	/** What to call it before the server has. */
	readonly title: string;
	readonly digest: Digest | undefined;
}

/** What entries become jobs with. */
export interface JobOptions {
	readonly output: string;
	readonly sha256: string | undefined;
	readonly checksums: Checksums | undefined;
}

/**
 * Decides where each file goes and what it has to be. The same file asked for twice is one.
 *
 * @throws UsageError for two files of one name, and for digests that are missing or fit nothing.
 */
export function planJobs(entries: readonly Entry[], { output, sha256, checksums }: JobOptions): Job[] {
	const given = sha256 === undefined ? undefined : digestOfAll(sha256, entries, checksums);
	const jobs: Job[] = [];
	const taken = new Map<string, { readonly place: string; readonly job: Job }>();
	for (const entry of entries) {
		const job = jobOf(entry, output, entry.digest ?? given ?? checksums?.digestFor(entry));
		const { file = job.url.href } = job;
		const other = taken.get(file) ?? taken.get(`${file}.part`);
		if (other !== undefined && isSame(job, other.job)) continue;
		if (other !== undefined) {
			throw new UsageError(
				`${entry.place}: "${job.file ?? job.title}" is the name of ${shownUrl(job.url)} and, by ${other.place}, of ${shownUrl(other.job.url)}: give one of them another with out=<name>.`,
			);
		}
		// While a file is not whole, it has this name.
		for (const name of [file, `${file}.part`]) taken.set(name, { place: entry.place, job });
		jobs.push(job);
	}
	return jobs;
}

function digestOfAll(sha256: string, entries: readonly Entry[], checksums: Checksums | undefined): Digest {
	if (entries.length !== 1) {
		throw new UsageError(
			`--sha256 is of one file, and there are ${entries.length}: write sha256=<hex> behind each URL, or give --checksums.`,
		);
	}
	if (checksums !== undefined) throw new UsageError('Give --sha256 or --checksums, not both.');
	const digest = parseDigest('sha256', sha256);
	if (digest !== undefined) return digest;
	throw new UsageError(`--sha256 must be 64 hexadecimal digits, got "${sha256}".`);
}

function jobOf({ url, mirrors, name = nameFromUrl(url) }: Entry, output: string, digest: Digest | undefined): Job {
	const file = name === undefined ? undefined : join(output, name);
	const title =
		name ??
		(pathOf(url)
			.split('/')
			.findLast((part) => part !== '') ||
			url.host);
	return { url, mirrors, target: file ?? join(output, sep), file, title, digest };
}

function isSame(one: Job, other: Job): boolean {
	return (
		one.file === other.file &&
		one.digest?.value === other.digest?.value &&
		JSON.stringify([one.url, ...one.mirrors]) === JSON.stringify([other.url, ...other.mirrors])
	);
}

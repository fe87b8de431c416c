import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { shownUrl } from './entry.ts';
import type { Job } from './job.ts';
import type { There } from './outcome.ts';

/** A file as it was when it was finished. */
interface Finished {
	readonly url: string;
	readonly path: string;
	readonly bytes: number;
	readonly modifiedMs: number;
	/** What it had to be, and was. */
	readonly digest?: string | undefined;
}

/**
 * What unfinished runs have finished, as a line of JSON for each file in the folder of the output. The next run takes
 * these files as they are: it neither asks for them again nor takes them for files of somebody else.
 */
export class FinishedFiles {
	readonly #list: string;
	readonly #byUrl: ReadonlyMap<string, Finished>;

	private constructor(list: string, files: readonly Finished[]) {
		this.#list = list;
		this.#byUrl = new Map(files.map((file) => [file.url, file]));
	}

	static async open(folder: string): Promise<FinishedFiles> {
		const list = join(folder, '.orbweaver-download.jsonl');
		const text = await readFile(list, 'utf8').catch(() => '');
		return new FinishedFiles(list, text.split('\n').flatMap(parse));
	}

	/** The file of a job, if an unfinished run has finished it and nobody has changed it since. */
	async find({ url, file, digest }: Job): Promise<There | undefined> {
		const finished = this.#byUrl.get(shownUrl(url));
		if (finished === undefined || (file !== undefined && resolve(file) !== finished.path)) return undefined;
		if (digest !== undefined && digest.value !== finished.digest) return undefined;
		const { path, bytes, modifiedMs } = finished;
		const found = await stat(path).catch(() => undefined);
		if (found === undefined || found.size !== bytes || found.mtimeMs !== modifiedMs) return undefined;
		return { path, bytes, resumedFrom: 0, skipped: true, sha256: undefined, durationMs: 0 };
	}

	/** Without it the next run has to ask the server, so that a failure does no harm. */
	async add({ url, digest }: Job, { path, bytes }: There): Promise<void> {
		try {
			const { mtimeMs: modifiedMs } = await stat(path);
			const finished: Finished = { url: shownUrl(url), path, bytes, modifiedMs, digest: digest?.value };
			// A signed URL is a secret of its user.
			await appendFile(this.#list, `${JSON.stringify(finished)}\n`, { mode: 0o600 });
		} catch {
			// The disk is full, perhaps.
		}
	}

	/** All is done: the next run is one of its own. */
	async remove(): Promise<void> {
		await rm(this.#list, { force: true });
	}
}

/** A line that was cut by a kill counts for nothing. */
function parse(line: string): Finished[] {
	try {
		const { url, path, bytes, modifiedMs, digest } = JSON.parse(line) as Partial<Finished>;
		const isWhole = typeof url === 'string' && typeof path === 'string';
		if (!isWhole || typeof bytes !== 'number' || typeof modifiedMs !== 'number') return [];
		return [{ url, path, bytes, modifiedMs, digest }];
	} catch {
		return [];
	}
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from './answers/ask-source.ts';
import { isResumable } from './answers/file-version.ts';
import { openFile } from './answers/open-file.ts';
import type { Source } from './answers/source.ts';
import type { SourceList } from './answers/source-list.ts';
import { totalBytes } from './byte-range.ts';
import type { DownloadState } from './disk/download-state.ts';
import { type DownloadPaths, type DownloadTarget, downloadPaths } from './disk/download-target.ts';
import { type ExistingFile, findExisting } from './disk/existing-file.ts';
import { isDiskFull } from './disk/file-failure.ts';
import { FileLock } from './disk/file-lock.ts';
import { makeFolder } from './disk/make-folder.ts';
import { PartFile } from './disk/part-file.ts';
import { publishFile } from './disk/publish-file.ts';
import { StateFile } from './disk/state-file.ts';
import { DownloadError } from './download-error.ts';
import type { DownloadSettings } from './download-options.ts';
import type { DownloadResult } from './download-result.ts';
import { type GatheredFile, Gathering, type GatheringTools } from './gathering.ts';
import { fileNameOf } from './name/file-name.ts';
import type { ProgressFacts } from './progress-meter.ts';
import type { Stop } from './stop.ts';

/** After these nothing is kept: it would be wrong to go on with it. */
const LEAVES_NOTHING: ReadonlySet<DownloadError['reason']> = new Set([
	'changed',
	'digest',
	'length',
	'too-large',
	'encoding',
	'range',
]);

/** The result, but for the time it took. */
export type UntimedResult = Omit<DownloadResult, 'durationMs'>;

/** One download, from the question where it goes to the file under its name. */
export class DownloadRun {
	readonly #settings: DownloadSettings;
	readonly #sources: SourceList;
	readonly #stop: Stop;
	readonly #label: Source['label'];
	#gathering: Gathering | undefined;
	#there: ExistingFile | undefined;
	#paths: DownloadPaths | undefined;
	#keptBytes = 0;

	constructor(settings: DownloadSettings, sources: SourceList, stop: Stop) {
		this.#settings = settings;
		this.#sources = sources;
		this.#stop = stop;
		this.#label = sources.current.label;
	}

	/** The file that is written to, once that is known. */
	get path(): string | undefined {
		return this.#paths?.part;
	}

	/** What a run that failed has left for the next one to go on from. */
	get keptBytes(): number {
		return this.#keptBytes;
	}

	get progress(): ProgressFacts {
		const { bytes = 0, total, segments = 0, resumedFrom = 0, restarts = 0 } = this.#gathering ?? {};
		const there = this.#there?.bytes;
		return { bytes: there ?? bytes, total: there ?? total, segments, resumedFrom, restarts };
	}

	async run(target: DownloadTarget): Promise<UntimedResult> {
		let answer: Answer | undefined;
		try {
			if (target.name === undefined) answer = await this.#open();
			const { headers, url } = answer?.response ?? { headers: {}, url: this.#label.url };
			const paths = downloadPaths(join(target.folder, target.name ?? fileNameOf(headers, url)));
			await makeFolder(target.folder);
			this.#paths = paths;
			await using _lock = await this.#lock(paths);
			return (await this.#findThere(paths, answer)) ?? (await this.#make(paths, answer));
		} finally {
			answer?.end();
		}
	}

	async #open(): Promise<Answer> {
		return await openFile(this.#sources, { acceptEncoded: this.#settings.acceptEncoded, signal: this.#stop.signal });
	}

	async #lock({ file, lock }: DownloadPaths): Promise<FileLock> {
		const busy = (detail: string): DownloadError => new DownloadError(this.#label, 'busy', detail, { path: file });
		const onLost = (): void => this.#stop.now(busy(`lost ${lock} to another download of ${file}.`));
		const taken = await FileLock.take(lock, this.#stop.signal, onLost);
		if (taken === undefined) throw busy(`is being downloaded to ${file} already, by whoever holds ${lock}.`);
		return taken;
	}

	/** What is to be done about a file that has the name already. */
	async #findThere(paths: DownloadPaths, answer: Answer | undefined): Promise<UntimedResult | undefined> {
		const { overwrite, digests, fsync } = this.#settings;
		if (overwrite === 'replace') return undefined;
		const urls = this.#sources.all.map(({ label }) => label.url);
		const { signal } = this.#stop;
		const open = (): Promise<Answer> => (answer === undefined ? this.#open() : Promise.resolve(answer));
		const found = await findExisting(paths, { compare: overwrite === 'skip', digests, urls, open, signal });
		if (found === undefined) return undefined;
		if (!found.same) {
			const way = 'Give another name, or overwrite: "replace".';
			const detail = `cannot be stored in ${paths.file}: another file has that name. ${way}`;
			throw new DownloadError(this.#label, 'exists', detail, { path: paths.file });
		}
		this.#there = found;
		await new StateFile(paths.state, fsync).remove();
		await rm(paths.part, { force: true });
		return {
			path: paths.file,
			bytes: found.bytes,
			url: found.url ?? this.#label.url,
			skipped: true,
			sha256: found.sha256?.toString('hex'),
			resumedFrom: 0,
			restarts: 0,
			segments: 0,
			validator: found.version?.validator,
			contentType: found.version?.contentType,
		};
	}

	async #make(paths: DownloadPaths, answer: Answer | undefined): Promise<UntimedResult> {
		const stateFile = new StateFile(paths.state, this.#settings.fsync);
		await using part = await PartFile.open(paths.part);
		const saved = this.#usable(await stateFile.read(), part);
		const tools = { settings: this.#settings, sources: this.#sources, part, stateFile, signal: this.#stop.signal };
		const gathering = new Gathering(tools, saved);
		this.#gathering = gathering;
		try {
			const gathered = await gathering.run(answer);
			await this.#finish(gathering, gathered, paths, tools);
			return resultOf(paths.file, gathering, gathered);
		} catch (error) {
			const isUseless = !gathering.resumable || (error instanceof DownloadError && LEAVES_NOTHING.has(error.reason));
			const left = isUseless ? undefined : await stateFile.read();
			this.#keptBytes = left === undefined || left === 'damaged' ? 0 : totalBytes(left.held);
			if (this.#keptBytes === 0) {
				await stateFile.remove();
				await part.remove();
			}
			throw error;
		}
	}

	/** What an earlier run has left, if it is of this file and can be gone on with. */
	#usable(state: DownloadState | 'damaged' | undefined, part: PartFile): DownloadState | 'unusable' | undefined {
		if (state === undefined) return undefined;
		if (state === 'damaged') return 'unusable';
		const source = this.#sources.all.find(({ label }) => label.url === state.url);
		const end = state.held.at(-1)?.end ?? 0;
		const fits = !state.mixed || this.#settings.digests.length + state.file.digests.length > 0;
		if (source === undefined || end === 0 || part.foundBytes < end || !fits) return 'unusable';
		this.#sources.use(source);
		return state;
	}

	async #finish(
		gathering: Gathering,
		gathered: GatheredFile,
		paths: DownloadPaths,
		tools: GatheringTools,
	): Promise<void> {
		const { version, bytes } = gathered;
		const { settings, stateFile, signal } = tools;
		const { handle } = tools.part;
		await handle.truncate(bytes);
		if (settings.keepModifiedTime && version.lastModified !== undefined) {
			await handle.utimes(new Date(), new Date(version.lastModified));
		}
		if (settings.fsync) await handle.sync();
		if (isResumable(version) && bytes > 0) {
			const mark = stateFile.write(gathering.state(version, [{ start: 0, end: bytes }], true));
			// It is for those who come after a kill in the next moment; a whole file on a full disk must not fail for it.
			await mark.catch((error: unknown) => {
				if (!isDiskFull(error)) throw error;
			});
		}
		await tools.part.close();
		signal.throwIfAborted();
		if (!(await publishFile(paths.part, paths.file, settings.overwrite === 'replace', settings.fsync))) {
			const detail = `cannot be stored in ${paths.file}: a file of that name was made meanwhile.`;
			throw new DownloadError(this.#label, 'exists', detail, { path: paths.file });
		}
		await stateFile.remove();
	}
}

function resultOf(path: string, gathering: Gathering, { version, bytes, digests, url }: GatheredFile): UntimedResult {
	return {
		path,
		bytes,
		url,
		skipped: false,
		sha256: digests.get('sha256')?.toString('hex'),
		resumedFrom: gathering.resumedFrom,
		restarts: gathering.restarts,
		segments: gathering.mostSegments,
		validator: version.validator,
		contentType: version.contentType,
	};
}

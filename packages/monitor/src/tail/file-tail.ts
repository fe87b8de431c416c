import { dirname } from 'node:path';
import type { LogInput, LogLevel } from '../protocol/log-entry.ts';
import { baseFolder, type FoundFile, findFiles } from './find-files.ts';
import { FolderWatch } from './folder-watch.ts';
import { FollowedFile } from './followed-file.ts';
import { parseLine } from './parse-line.ts';

/** Where lines go to. */
export interface TailOptions {
	/** How many of the last lines of a file that is there at the start are given out. */
	readonly tailLines: number;
	/** A file is followed from now on. */
	readonly onFile: (name: string) => void;
	readonly onLines: (entries: readonly LogInput[]) => void;
}

/** How often files are looked at when nothing is heard of them. */
const POLL_MS = 1_000;

/** How often patterns are matched anew when nothing is heard: every so many polls. */
const POLLS_PER_SEARCH = 5;

/** After a change, more changes are waited for, so that a busy file is not looked at for each line… */
const SETTLE_MS = 50;

/** …and so many times as long as a look takes, so that many busy files do not take all of the process. */
const REST_PER_LOOK = 5;

/** A file that no pattern matches any more (rotated away, or removed) is followed for so long, and until it is quiet for so long. */
const FAREWELL_MS = 5_000;

/** Read of one file at once, so that a large one does not hold up the others. */
const BUFFER_BYTES = 256 * 1024;

/** So often before names are looked at again. */
const MOST_ROUNDS = 64;

/** As many files are open at once. */
const MOST_FILES = 500;

/**
 * Follows log files like `tail -F`: files that come, are renamed, truncated, removed and created again. A file that is there
 * at the start begins with its last lines, one that comes later with its first.
 */
export class FileTail implements AsyncDisposable {
	readonly #patterns: readonly string[];
	readonly #options: TailOptions;
	readonly #files = new Map<string, FollowedFile>();
	readonly #leftAt = new Map<string, number>();
	readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
	readonly #levels = new WeakMap<FollowedFile, LogLevel>();
	readonly #refused = new Set<string>();
	readonly #folders = new FolderWatch((isNewName) => this.#onChange(isNewName));
	#present: ReadonlySet<string> = new Set();
	#timer: NodeJS.Timeout | undefined;
	#polls = 0;
	#lookMs = 0;
	#mustSearch = true;
	#isChanged = false;
	#isClosed = false;
	#turn: Promise<void> = Promise.resolve();

	private constructor(patterns: readonly string[], options: TailOptions) {
		this.#patterns = patterns;
		this.#options = options;
	}

	/** Resolves when the files that are there now are followed. */
	static async start(patterns: readonly string[], options: TailOptions): Promise<FileTail> {
		const tail = new FileTail(patterns, options);
		for (const pattern of patterns) tail.#folders.add(baseFolder(pattern));
		await tail.#search(options.tailLines);
		tail.#mustSearch = false;
		tail.#next(0);
		return tail;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isClosed = true;
		clearTimeout(this.#timer);
		this.#folders[Symbol.dispose]();
		await this.#turn;
		for (const file of this.#files.values()) await file[Symbol.asyncDispose]();
		this.#files.clear();
	}

	#onChange(isNewName: boolean): void {
		if (isNewName) this.#mustSearch = true;
		if (this.#isChanged) return;
		this.#isChanged = true;
		this.#next(Math.max(SETTLE_MS, this.#lookMs * REST_PER_LOOK));
	}

	#next(delayMs: number): void {
		if (this.#isClosed) return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#isChanged = false;
			this.#turn = this.#turn.then(() => this.#look());
			void this.#turn.then(() => {
				if (!this.#isChanged) this.#next(POLL_MS);
			});
		}, delayMs);
		this.#timer.unref();
	}

	/** First what is known, so that lines of a file that was rotated away come before those of its successor. */
	async #look(): Promise<void> {
		const startedAt = performance.now();
		await this.#readAll();
		this.#lookMs = performance.now() - startedAt;
		this.#polls += 1;
		if (!this.#mustSearch && this.#polls % POLLS_PER_SEARCH !== 0) return;
		this.#mustSearch = false;
		await this.#search(Number.POSITIVE_INFINITY);
		await this.#farewell();
		await this.#readAll();
	}

	async #readAll(): Promise<void> {
		let waiting = [...this.#files.values()];
		for (let round = 0; waiting.length > 0 && round < MOST_ROUNDS && !this.#isClosed; round++) {
			const unfinished: FollowedFile[] = [];
			for (const file of waiting) if (await this.#read(file)) unfinished.push(file);
			waiting = unfinished;
		}
		if (waiting.length > 0) this.#onChange(false);
	}

	async #read(file: FollowedFile): Promise<boolean> {
		try {
			const { lines, more } = await file.look(this.#buffer);
			this.#give(file, lines);
			return more;
		} catch (error) {
			// Such as EIO and ESTALE: the search opens it again, if it is still there.
			await this.#forget(file);
			this.#warn(file.name, error);
			return false;
		}
	}

	#give(file: FollowedFile, lines: readonly string[]): void {
		if (lines.length === 0) return;
		const entries = lines.map((line): LogInput => {
			const parsed = parseLine(line);
			// Lines that are moved in, such as those of a stack trace, belong to the line before.
			const level = parsed.level ?? (/^\s/.test(line) ? (this.#levels.get(file) ?? 'info') : 'info');
			this.#levels.set(file, level);
			return { ...parsed, level, source: file.name };
		});
		this.#options.onLines(entries);
	}

	async #search(lastLines: number): Promise<void> {
		const found = await findFiles(this.#patterns);
		this.#present = new Set(found.map(({ key }) => key));
		for (const file of found) {
			if (!this.#files.has(file.key) && !this.#isClosed) await this.#follow(file, lastLines);
		}
	}

	async #follow({ path }: FoundFile, lastLines: number): Promise<void> {
		if (this.#files.size >= MOST_FILES) {
			this.#warn(path, new Error(`${MOST_FILES} files are followed already`));
			return;
		}
		try {
			const file = await FollowedFile.open(path, lastLines);
			// Between looking and opening, another file may have taken the name.
			if (this.#files.has(file.key)) await file[Symbol.asyncDispose]();
			else this.#files.set(file.key, file);
			this.#folders.add(dirname(path));
			this.#refused.delete(path);
			this.#options.onFile(path);
		} catch (error) {
			this.#warn(path, error);
		}
	}

	async #farewell(): Promise<void> {
		for (const file of this.#files.values()) {
			if (this.#present.has(file.key)) {
				this.#leftAt.delete(file.key);
				continue;
			}
			const leftAt = this.#leftAt.get(file.key) ?? performance.now();
			this.#leftAt.set(file.key, leftAt);
			if (performance.now() - leftAt < FAREWELL_MS || file.quietMs < FAREWELL_MS) continue;
			this.#give(file, file.unfinished());
			await this.#forget(file);
		}
	}

	async #forget(file: FollowedFile): Promise<void> {
		this.#files.delete(file.key);
		this.#leftAt.delete(file.key);
		await file[Symbol.asyncDispose]().catch(() => undefined);
	}

	/** Once a file, until it can be followed. */
	#warn(path: string, error: unknown): void {
		if (this.#refused.has(path)) return;
		this.#refused.add(path);
		const reason = error instanceof Error ? error.message : String(error);
		this.#options.onLines([{ level: 'warning', text: `"${path}" cannot be followed: ${reason}` }]);
	}
}

import type { Answer } from './answers/ask-source.ts';
import type { FileVersion } from './answers/file-version.ts';
import type { RestartReason } from './answers/judge-response.ts';
import type { SourceList } from './answers/source-list.ts';
import type { ByteRange } from './byte-range.ts';
import { mergeRanges, missingRanges, totalBytes } from './byte-range.ts';
import { Checkpoints } from './checkpoints.ts';
import { isDiskFull } from './disk/file-failure.ts';
import type { PartFile } from './disk/part-file.ts';
import type { DownloadSettings } from './download-options.ts';
import { fetchPiece } from './fetch-piece.ts';
import { Piece } from './piece.ts';
import { planSegments, splitLongest } from './plan-segments.ts';
import type { Passage } from './receive.ts';

/** Enough for the state, whatever the blocks of the file system. */
const ROOM_BYTES = 1024 * 1024;

/** What is to be transferred, and how. */
export interface TransferJob {
	readonly file: FileVersion;
	/** What of it the part has already. */
	readonly held: readonly ByteRange[];
	/** Parts can be asked for: see `isResumable`. */
	readonly resumable: boolean;
	/** Other sources than the current one may send parts, because a digest will tell whether they fit. */
	readonly mixing: boolean;
	readonly part: PartFile;
	readonly sources: SourceList;
	readonly settings: DownloadSettings;
	readonly passage: Passage;
	/** Stores what is on the disk. */
	save(held: readonly ByteRange[], mixed: boolean): Promise<void>;
}

/**
 * How it ended: `complete`; `restart`, because what is held is of no use, perhaps with the answer to begin again with;
 * `broken`, when a body that cannot be resumed was cut.
 */
export type TransferEnd =
	| { readonly action: 'complete' }
	| { readonly action: 'restart'; readonly reason: RestartReason; readonly answer: Answer | undefined }
	| { readonly action: 'broken'; readonly cause: Error };

/** Brings what is missing of one version of a file to the disk, over one or several connections. */
export class Transfer {
	readonly job: TransferJob;
	/** Ends the other connections when one has found that there is no sense in going on. */
	readonly #round = new AbortController();
	readonly #pieces: Piece[] = [];
	readonly #running = new Set<Piece>();
	#queue: ByteRange[] = [];
	#answer: Answer | undefined;
	#end: TransferEnd = { action: 'complete' };
	#failure: { readonly error: unknown } | undefined;
	#saved: readonly ByteRange[];
	#mostSegments = 0;
	/** Parts came from other sources than the current one. */
	mixed = false;
	/** The URL that parts came from last, where redirects led to it. */
	url: string | undefined;

	constructor(job: TransferJob) {
		this.job = job;
		this.#saved = job.held;
	}

	/** Fires when no more of it is wanted. */
	get round(): AbortSignal {
		return this.#round.signal;
	}

	/** Bytes of the file that are here. */
	get bytes(): number {
		return this.#pieces.reduce((sum, { start, position }) => sum + position - start, totalBytes(this.job.held));
	}

	/** Connections that are being read. */
	get segments(): number {
		return this.#running.size;
	}

	/** The most that there were at once. */
	get mostSegments(): number {
		return this.#mostSegments;
	}

	/**
	 * Runs once, to its end.
	 *
	 * @param answer whose body is the file from its first byte on; without it all is asked for in parts.
	 * @throws what it failed with. What has arrived until then is on the disk, and stored as such if it can be resumed.
	 */
	async run(answer: Answer | undefined): Promise<TransferEnd> {
		const { resumable, settings, passage } = this.job;
		answer?.follow(this.round);
		this.#answer = answer;
		this.#queue = this.#plan(answer);
		const stopped = (): void => this.#fail(passage.signal.reason);
		passage.signal.addEventListener('abort', stopped);
		// Where there is no room for the state, there may still be for the last bytes: they will tell.
		const onFailure = (error: unknown): void => {
			if (!isDiskFull(error)) this.#fail(error);
		};
		const checkpoints = resumable ? new Checkpoints(this, onFailure) : undefined;
		const workers = resumable ? Math.min(settings.segments, this.#queue.length) : 1;
		await Promise.all(Array.from({ length: workers }, () => this.#work()));
		passage.signal.removeEventListener('abort', stopped);
		await checkpoints?.stop();
		this.#answer?.end();
		if (this.#failure !== undefined) {
			if (checkpoints !== undefined) await this.#keep(checkpoints);
			throw this.#failure.error;
		}
		return this.#end;
	}

	/** The answer to begin with, for the first who takes it. */
	takeAnswer(): Answer | undefined {
		const answer = this.#answer;
		this.#answer = undefined;
		return answer;
	}

	/** Ends it so, for all. */
	finish(end: TransferEnd): void {
		if (this.round.aborted) {
			if (end.action === 'restart') end.answer?.end();
			return;
		}
		if (end.action === 'restart') end.answer?.follow(undefined);
		this.#end = end;
		this.#round.abort();
	}

	async flush(): Promise<void> {
		await Promise.allSettled(this.#pieces.map(({ writer }) => writer.flush()));
	}

	/** What of the file the operating system has. */
	get held(): ByteRange[] {
		return mergeRanges([...this.job.held, ...this.#pieces.map(({ written }) => written)]);
	}

	snapshot(): (() => Promise<void>) | undefined {
		const { held } = this;
		if (totalBytes(held) === totalBytes(this.#saved)) return undefined;
		return async () => {
			await this.job.save(held, this.mixed);
			this.#saved = held;
		};
	}

	async sync(): Promise<void> {
		if (this.job.settings.fsync) await this.job.part.handle.datasync();
	}

	#fail(error: unknown): void {
		if (this.round.aborted) return;
		this.#failure = { error };
		this.#round.abort();
	}

	/** The last checkpoint, after a failure: which is what to tell of, whatever comes of this. */
	async #keep(checkpoints: Checkpoints): Promise<void> {
		try {
			await checkpoints.last();
		} catch (error) {
			if (!isDiskFull(error)) return;
			await this.#makeRoom();
			await checkpoints.last().catch(() => undefined);
		}
	}

	/** On a full disk there is no room for the state either: the last bytes go, but none that the state has. */
	async #makeRoom(): Promise<void> {
		const last = this.#pieces.toSorted((one, other) => one.writer.written - other.writer.written).at(-1);
		if (last === undefined) return;
		const end = Math.max(this.#saved.at(-1)?.end ?? 0, last.start, last.writer.written - ROOM_BYTES);
		last.writer.forgetFrom(end);
		await this.job.part.handle.truncate(end);
	}

	#plan(answer: Answer | undefined): ByteRange[] {
		const { file, held, resumable, settings } = this.job;
		if (file.size === undefined) return [{ start: 0, end: Number.POSITIVE_INFINITY }];
		const missing = missingRanges(held, file.size);
		if (missing.length === 0 && answer !== undefined) return [{ start: 0, end: 0 }];
		// A server that said nothing of ranges is asked for one after a break only, not for several at once.
		const several = resumable && (answer === undefined || file.ranges === 'accepted');
		return several ? planSegments(missing, settings.segments, settings.minSegmentBytes) : missing;
	}

	async #work(): Promise<void> {
		for (let piece = this.#next(); piece !== undefined; piece = this.#next()) {
			this.#running.add(piece);
			this.#mostSegments = Math.max(this.#mostSegments, this.#running.size);
			try {
				await fetchPiece(this, piece);
				await piece.writer.flush();
			} catch (error) {
				this.#fail(error);
			} finally {
				this.#running.delete(piece);
			}
		}
	}

	#next(): Piece | undefined {
		if (this.round.aborted) return undefined;
		const range = this.#queue.shift() ?? this.#half();
		if (range === undefined) return undefined;
		const piece = new Piece(range, this.job.part);
		this.#pieces.push(piece);
		return piece;
	}

	#half(): ByteRange | undefined {
		if (!this.job.resumable) return undefined;
		const split = splitLongest([...this.#running], this.job.settings.minSegmentBytes);
		if (split === undefined) return undefined;
		const { end } = split.piece;
		split.piece.end = split.at;
		return { start: split.at, end };
	}
}

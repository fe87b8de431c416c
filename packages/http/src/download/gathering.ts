import type { Answer } from './answers/ask-source.ts';
import { type FileVersion, isResumable, type ResumableVersion, versionOf } from './answers/file-version.ts';
import type { RestartReason } from './answers/judge-response.ts';
import { askCurrent, openFile } from './answers/open-file.ts';
import { isFailureOfSource } from './answers/source.ts';
import type { SourceList } from './answers/source-list.ts';
import type { BandwidthLimit } from './bandwidth-limit.ts';
import { type ByteRange, missingRanges, totalBytes } from './byte-range.ts';
import { type DigestAlgorithm, type ExpectedDigest, uniqueDigests } from './digest/expected-digest.ts';
import { PrefixHash } from './digest/prefix-hash.ts';
import type { DownloadState } from './disk/download-state.ts';
import type { PartFile } from './disk/part-file.ts';
import type { StateFile } from './disk/state-file.ts';
import { DownloadError } from './download-error.ts';
import type { DownloadSettings } from './download-options.ts';
import { tooLarge } from './receive.ts';
import { Transfer, type TransferEnd } from './transfer.ts';

/** After so many changes the file is taken in one go, which succeeds however often it changes. */
const MAX_CHANGES = 2;

/** What a file is gathered with. */
export interface GatheringTools {
	readonly settings: DownloadSettings;
	readonly sources: SourceList;
	readonly part: PartFile;
	readonly stateFile: StateFile;
	readonly signal: AbortSignal;
}

/** A file that is whole, and has the digests that it should have. */
export interface GatheredFile {
	readonly version: FileVersion;
	readonly bytes: number;
	/** Those that were asked for. */
	readonly digests: ReadonlyMap<DigestAlgorithm, Buffer>;
	/** The URL that answered, without credentials. */
	readonly url: string;
}

/** Gathers a file in its `.part`, from one or several sources, beginning again when that is the only honest way. */
export class Gathering {
	readonly #tools: GatheringTools;
	readonly #bandwidth: BandwidthLimit | undefined;
	readonly #startedAt: string;
	/** The version that is gathered, and what of it is there. */
	#version: FileVersion | undefined;
	#held: readonly ByteRange[] = [];
	#transfer: Transfer | undefined;
	#hash = new PrefixHash([]);
	#url: string;
	#mixed = false;
	#mayMix = true;
	#mayUseRanges = true;
	#changes = 0;
	#resumedFrom = 0;
	#restarts: number;
	#mostSegments = 0;

	/** @param saved what an earlier run has left; `unusable` when that cannot be gone on with. */
	constructor(tools: GatheringTools, saved: DownloadState | 'unusable' | undefined) {
		this.#tools = tools;
		this.#url = tools.sources.current.label.url;
		this.#bandwidth = tools.settings.bandwidth;
		this.#restarts = saved === 'unusable' ? 1 : 0;
		if (saved === 'unusable' || saved === undefined) {
			this.#startedAt = new Date().toISOString();
			return;
		}
		this.#startedAt = saved.startedAt;
		this.#version = saved.file;
		this.#held = saved.held;
		this.#mixed = saved.mixed;
		this.#resumedFrom = totalBytes(saved.held);
		tools.sources.current.validator = saved.file.validator;
	}

	get bytes(): number {
		return this.#transfer?.bytes ?? totalBytes(this.#held);
	}

	get total(): number | undefined {
		return this.#version?.size;
	}

	get segments(): number {
		return this.#transfer?.segments ?? 0;
	}

	/** The most that there were at once. */
	get mostSegments(): number {
		return this.#mostSegments;
	}

	get resumedFrom(): number {
		return this.#resumedFrom;
	}

	get restarts(): number {
		return this.#restarts;
	}

	/** Whether what has arrived so far can be gone on with later. */
	get resumable(): boolean {
		return this.#version !== undefined && this.#isResumable(this.#version);
	}

	/** @param first whose body is the whole file, if somebody has asked for that already. */
	async run(first: Answer | undefined): Promise<GatheredFile> {
		const { settings, sources, signal } = this.#tools;
		let answer = first;
		for (;;) {
			try {
				if (this.#version === undefined) {
					answer ??= await openFile(sources, { acceptEncoded: settings.acceptEncoded, signal });
				}
				if (answer !== undefined) answer = await this.#begin(answer);
				const end = await this.#bring(answer);
				answer = undefined;
				if (end.action === 'complete') return await this.#verify();
				answer = await this.#beginAgain(end);
			} catch (error) {
				answer?.end();
				answer = undefined;
				signal.throwIfAborted();
				if (!isFailureOfSource(error)) throw error;
				this.#tryElsewhere(error);
			}
		}
	}

	/** What to store of `held`. */
	state(version: ResumableVersion, held: readonly ByteRange[], finished: boolean): DownloadState {
		const { url } = this.#tools.sources.current.label;
		return { url, file: version, held, mixed: this.#mixed, finished, startedAt: this.#startedAt };
	}

	/** Takes the answer as what is gathered from now on; returns nothing when that is what is held already. */
	async #begin(answer: Answer): Promise<Answer | undefined> {
		const { sources, part, stateFile } = this.#tools;
		const version = versionOf(answer.response);
		const { source } = answer;
		const isHeld = this.#isHeld(version) && (source === sources.current || version.validator?.kind === 'etag');
		sources.use(source);
		source.validator = version.validator;
		this.#url = answer.response.url;
		if (isHeld) {
			answer.end();
			return undefined;
		}
		if (this.bytes > 0) this.#restarts += 1;
		// First the state goes, so that at no moment it speaks of bytes that are being overwritten.
		await stateFile.remove();
		await part.handle.truncate(0);
		this.#transfer = undefined;
		this.#version = version;
		this.#held = [];
		this.#mixed = false;
		this.#resumedFrom = 0;
		return answer;
	}

	#isHeld({ size, validator }: FileVersion): boolean {
		const known = this.#version;
		return (
			known?.validator !== undefined &&
			validator?.kind === known.validator.kind &&
			validator.value === known.validator.value &&
			size === known.size &&
			totalBytes(this.#held) > 0
		);
	}

	/** Brings what is missing to the disk. */
	async #bring(answer: Answer | undefined): Promise<TransferEnd> {
		const { settings, sources, part, stateFile, signal } = this.#tools;
		const version = this.#version;
		if (version === undefined) throw new Error('There is no version to gather.');
		const { size } = version;
		if (size !== undefined && size > settings.maxBytes) throw tooLarge(sources.current.label, settings.maxBytes);
		const expected = this.#expected(version);
		this.#hash = new PrefixHash(new Set(expected.map(({ algorithm }) => algorithm)));
		const resumable = this.#isResumable(version);
		const [gap] = size === undefined ? [] : missingRanges(this.#held, size);
		if (gap === undefined && answer === undefined) return await this.#check(version);
		if (settings.segments === 1 && gap !== undefined) await this.#hash.catchUp(part.handle, gap.start, signal);
		const transfer = new Transfer({
			file: version,
			held: this.#held,
			resumable,
			mixing: resumable && this.#mayMix && expected.length > 0 && sources.all.length > 1,
			part,
			sources,
			settings,
			passage: { bandwidth: this.#bandwidth, hash: this.#hash, maxBytes: settings.maxBytes, signal },
			save: async (held, mixed) => {
				this.#mixed ||= mixed;
				if (isResumable(version)) await stateFile.write(this.state(version, held, false));
			},
		});
		this.#transfer = transfer;
		try {
			return await transfer.run(answer);
		} finally {
			this.#held = transfer.held;
			this.#url = transfer.url ?? this.#url;
			this.#mixed ||= transfer.mixed;
			this.#mostSegments = Math.max(this.#mostSegments, transfer.mostSegments);
		}
	}

	/** An earlier run has brought all of it: is it still what the server has? */
	async #check({ size, validator }: FileVersion): Promise<TransferEnd> {
		const { settings, sources, signal } = this.#tools;
		if (size === undefined || validator === undefined) throw new Error('The version cannot be checked.');
		const answer = await askCurrent(
			sources,
			{ kind: 'check', validator },
			{ known: { size, validator }, acceptEncoded: settings.acceptEncoded, signal },
		);
		const { verdict } = answer;
		if (verdict.action === 'whole') return { action: 'restart', reason: 'changed', answer };
		answer.end();
		if (verdict.action === 'restart') return { action: 'restart', reason: verdict.reason, answer: undefined };
		return { action: 'complete' };
	}

	/** Draws the conclusions of a transfer that brought nothing. @returns the answer to begin with, if there is one. */
	async #beginAgain(end: Exclude<TransferEnd, { action: 'complete' }>): Promise<Answer | undefined> {
		this.#version = undefined;
		if (end.action === 'restart') {
			this.#distrust(end.reason);
			return end.answer;
		}
		const { sources } = this.#tools;
		if (await sources.tries.again(end.cause)) return undefined;
		if (this.#changes < MAX_CHANGES) throw end.cause;
		const detail = `changed ${this.#changes} times while it was downloaded, and could not be had in one go: ${end.cause.message}`;
		throw new DownloadError(sources.current.label, 'changed', detail, { cause: end.cause });
	}

	#distrust(reason: RestartReason): void {
		if (reason === 'changed') this.#changes += 1;
		this.#mayUseRanges &&= reason !== 'ranges' && this.#changes < MAX_CHANGES;
	}

	/** Turns to another source, with what is held if it names the same version. @throws when there is no other. */
	#tryElsewhere(error: Error): void {
		const { sources } = this.#tools;
		const isWrong = error instanceof DownloadError && error.reason === 'digest';
		if (isWrong && this.#mixed) {
			// One of the sources has another file, and nobody knows which: now one alone.
			this.#mayMix = false;
			this.#version = undefined;
			return;
		}
		sources.giveUp(error);
		this.#changes = 0;
		this.#mayUseRanges = true;
		// An entity tag may be the same on mirrors; a date is that of the copy.
		if (!isWrong && this.resumable && this.#version?.validator?.kind === 'etag') {
			sources.current.validator = this.#version.validator;
		} else this.#version = undefined;
	}

	async #verify(): Promise<GatheredFile> {
		const { part, sources, signal } = this.#tools;
		const version = this.#version;
		if (version === undefined) throw new Error('There is no version to verify.');
		const bytes = totalBytes(this.#held);
		await this.#hash.catchUp(part.handle, bytes, signal);
		const digests = this.#hash.digests();
		for (const { algorithm, bytes: expected } of this.#expected(version)) {
			const found = digests.get(algorithm);
			if (found?.equals(expected)) continue;
			const detail = `is not the file that was expected: its ${algorithm} is ${found?.toString('hex')}, not ${expected.toString('hex')}.`;
			throw new DownloadError(sources.current.label, 'digest', detail);
		}
		return { version, bytes, digests, url: this.#url };
	}

	#expected(version: FileVersion): ExpectedDigest[] {
		return uniqueDigests([...this.#tools.settings.digests, ...version.digests]);
	}

	#isResumable(version: FileVersion): version is ResumableVersion {
		return this.#mayUseRanges && isResumable(version);
	}
}

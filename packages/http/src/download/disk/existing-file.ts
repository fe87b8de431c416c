import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Answer } from '../answers/ask-source.ts';
import { type FileVersion, versionOf } from '../answers/file-version.ts';
import type { ExpectedDigest } from '../digest/expected-digest.ts';
import type { DownloadState } from './download-state.ts';
import type { DownloadPaths } from './download-target.ts';
import { StateFile } from './state-file.ts';

/** A file that has the name already. */
export interface ExistingFile {
	readonly bytes: number;
	/** It is the one that is to be downloaded. */
	readonly same: boolean;
	/** What the server, or an earlier run, says of that. */
	readonly version?: FileVersion;
	readonly url?: string;
	/** Where the comparison needed it. */
	readonly sha256?: Buffer | undefined;
}

/** How to find out whether it is the same. */
export interface Comparison {
	/** False when nobody wants to know. */
	readonly compare: boolean;
	/** What the caller expects. */
	readonly digests: readonly ExpectedDigest[];
	/** Of the file that is to be downloaded. */
	readonly urls: readonly string[];
	readonly signal: AbortSignal;
	/** Asks the server, which is the last resort. */
	open(): Promise<Answer>;
}

/** The file that has the name already, and whether it is the one that is to be downloaded. */
export async function findExisting(paths: DownloadPaths, comparison: Comparison): Promise<ExistingFile | undefined> {
	const { compare, digests, urls, signal } = comparison;
	const file = await statOf(paths.file);
	if (file === undefined) return undefined;
	const bytes = file.size;
	const other: ExistingFile = { bytes, same: false };
	if (!compare || !file.isFile()) return other;
	if (digests.length > 0) return { bytes, ...(await compareDigests(paths.file, digests, signal)) };

	const state = await new StateFile(paths.state, false).read();
	if (state !== undefined && state !== 'damaged' && urls.includes(state.url)) {
		const { file: version, url } = state;
		if (wasNamed(file, await statOf(paths.part), state)) return { bytes, same: true, version, url };
	}
	const answer = await comparison.open();
	answer.end();
	const { url } = answer.response;
	const version = versionOf(answer.response);
	if (version.digests.length === 0) return { bytes, same: looksLike(file, version), version, url };
	return { bytes, version, url, ...(await compareDigests(paths.file, version.digests, signal)) };
}

/**
 * Whether a file is what an earlier run was about to name when it was killed: the `.part` is gone, or it is the same
 * file under its old name.
 */
export function wasNamed(
	file: Pick<Stats, 'size' | 'ino' | 'dev'>,
	part: Pick<Stats, 'ino' | 'dev'> | undefined,
	state: DownloadState,
): boolean {
	if (!state.finished || state.file.size !== file.size) return false;
	return part === undefined || (part.ino === file.ino && part.dev === file.dev);
}

/** Whether a file has the size that the server tells, and the time that a download of that version has set. */
export function looksLike(file: Pick<Stats, 'size' | 'mtimeMs'>, { size, lastModified }: FileVersion): boolean {
	if (size !== file.size || lastModified === undefined) return false;
	return Math.floor(file.mtimeMs / 1_000) === Math.floor(Date.parse(lastModified) / 1_000);
}

async function statOf(path: string): Promise<Stats | undefined> {
	try {
		return await stat(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

async function compareDigests(
	path: string,
	digests: readonly ExpectedDigest[],
	signal: AbortSignal,
): Promise<Pick<ExistingFile, 'same' | 'sha256'>> {
	let sha256: Buffer | undefined;
	for (const { algorithm, bytes } of digests) {
		const hash = createHash(algorithm);
		await pipeline(createReadStream(path), hash, { signal });
		const digest = hash.digest();
		if (!digest.equals(bytes)) return { same: false };
		if (algorithm === 'sha256') sha256 = digest;
	}
	return { same: true, sha256 };
}

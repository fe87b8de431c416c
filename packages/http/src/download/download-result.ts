import type { Validator } from './answers/validators.ts';

/** What a download came to. */
export interface DownloadResult {
	/** The file, as an absolute path. */
	readonly path: string;
	/** Its size. */
	readonly bytes: number;
	/** The URL that answered, without credentials. */
	readonly url: string;
	/** It was there already: see `overwrite`. */
	readonly skipped: boolean;
	/** In hexadecimal, where it was asked for or the server has told it. */
	readonly sha256: string | undefined;
	/** Bytes that an earlier run had left and this one has used. */
	readonly resumedFrom: number;
	/** How often everything was thrown away and begun again. */
	readonly restarts: number;
	/** The most connections that were read at once. */
	readonly segments: number;
	/** Of this run, in milliseconds. */
	readonly durationMs: number;
	/** The strong validator of the version, where the server has one (RFC 9110 §8.8.1). */
	readonly validator: Validator | undefined;
	readonly contentType: string | undefined;
}

import { requireKnownNames } from '../check-names.ts';
import { flag, nonNegative, wholeNumber, wholeNumberOrInfinity } from '../check-numbers.ts';
import { optionalSignal } from '../check-signal.ts';
import { InvalidRequestError } from '../errors.ts';
import { isRecord, kindOf } from '../kind-of.ts';
import type { RequestHeaders } from '../request-headers.ts';
import { DEFAULT_TIMEOUTS, mergeTimeouts, type Timeouts } from '../timeouts.ts';
import { OWN_HEADERS } from './answers/ask.ts';
import type { TryLimits } from './answers/tries.ts';
import { BandwidthLimit } from './bandwidth-limit.ts';
import { type ExpectedDigest, parseDigest } from './digest/expected-digest.ts';
import type { DownloadProgress } from './progress-meter.ts';

/** How to bring a file from the web to the disk. */
export interface DownloadOptions {
	/**
	 * Connections that parts of the file come over at once, from 1 to 64. More than one is used when the server accepts
	 * ranges, tells the size and has a strong validator (RFC 9110 §8.8.1). Default 1.
	 */
	readonly segments?: number;
	/** Shorter parts are not worth a connection. Default 4 MiB. */
	readonly minSegmentBytes?: number;
	/** SHA-256 of the whole file, in hexadecimal or base64. */
	readonly sha256?: string;
	/** A digest of the whole file by another function: md5, sha1, sha256, sha384 or sha512, in hexadecimal or base64. */
	readonly digest?: { readonly algorithm: string; readonly value: string };
	/** All connections together; a `BandwidthLimit` is shared by all downloads that it is given to. Default `Infinity`. */
	readonly maxBytesPerSecond?: number | BandwidthLimit;
	/** Told up to ten times a second, and at the end. What it throws ends the download. */
	readonly onProgress?: (progress: DownloadProgress) => void;
	/** Stops the download; what has arrived is kept, and the next call for the same file goes on from there. */
	readonly signal?: AbortSignal;
	/**
	 * Other URLs of the same file, tried in order when one before fails. They are used at once, and one goes on where
	 * another stopped, only when a digest of the whole is known (`sha256`, `digest` or the server's `Repr-Digest`) and
	 * they agree on the size: validators of different hosts say nothing of each other. Without a digest a mirror begins
	 * from the first byte, unless it has the same strong entity tag and size.
	 */
	readonly mirrors?: readonly (string | URL)[];
	/**
	 * What becomes of a file that has the name already. `skip`: when it is the same file, that is the result and nothing
	 * is downloaded; otherwise the download fails. It is the same when its digest is (one that you give, or the server
	 * does), or without one, when it has the size and the time that the server tells and that a download sets. `replace`:
	 * it is downloaded anew, and the old file stands until the new one is whole. `error`: the download fails. Default
	 * `skip`.
	 */
	readonly overwrite?: 'error' | 'replace' | 'skip';
	/** Sent with each request, but to mirrors of another origin only what cannot be a secret, as with the client's. */
	readonly headers?: RequestHeaders;
	/** As everywhere, but `totalMs` limits the whole download, and only when it is set here. */
	readonly timeouts?: Partial<Timeouts>;
	readonly retry?: DownloadRetryOptions;
	/** A longer file is not downloaded. Default `Infinity`. */
	readonly maxBytes?: number;
	/** Redirects followed by each request. Default: the client's. */
	readonly maxRedirects?: number;
	/**
	 * Take the file as it is when the server compresses it although asked not to, as some do with `.tar.gz`, or when a proxy
	 * on the way says that it has changed it (203, RFC 9110 §15.3.4): what is stored is what was sent. Such a download
	 * cannot be resumed. Default false: it is an error.
	 */
	readonly acceptEncoded?: boolean;
	/** Give the file the time of `Last-Modified`. Default true. */
	readonly keepModifiedTime?: boolean;
	/**
	 * Write so that what is said to be on the disk is there after a power cut too. Without it a download survives the end
	 * of the process only. Default true.
	 */
	readonly fsync?: boolean;
}

/** How hard a download tries. Failures count in a row: whatever arrives and can be kept begins the count anew. */
export interface DownloadRetryOptions {
	/** Failures in a row that are made good: no connection, a cut one, silence, or 408, 429 and 5xx. Default 5. */
	readonly limit?: number;
	/** Ceiling of the first wait; it doubles with each further one, and the wait is random below it. Default 250. */
	readonly baseMs?: number;
	/** The highest ceiling. Default 10,000. */
	readonly maxDelayMs?: number;
	/** A `Retry-After` up to this is obeyed; a longer one ends the tries. Default 60,000. */
	readonly maxRetryAfterMs?: number;
}

/** {@link DownloadOptions} with every default filled in. */
export interface DownloadSettings {
	readonly segments: number;
	readonly minSegmentBytes: number;
	readonly digests: readonly ExpectedDigest[];
	readonly bandwidth: BandwidthLimit | undefined;
	readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
	readonly signal: AbortSignal | undefined;
	readonly mirrors: readonly (string | URL)[];
	readonly overwrite: 'error' | 'replace' | 'skip';
	readonly headers: RequestHeaders;
	readonly timeouts: Partial<Timeouts>;
	readonly totalMs: number;
	readonly retry: TryLimits;
	readonly maxBytes: number;
	readonly maxRedirects: number | undefined;
	readonly acceptEncoded: boolean;
	readonly keepModifiedTime: boolean;
	readonly fsync: boolean;
}

const DEFAULTS = { segments: 1, minSegmentBytes: 4 * 1024 * 1024, overwrite: 'skip' } as const;
const DEFAULT_RETRY: TryLimits = { limit: 5, baseMs: 250, maxDelayMs: 10_000, maxRetryAfterMs: 60_000 };
const MAX_SEGMENTS = 64;

const NAMES: readonly (keyof DownloadOptions)[] = [
	'segments',
	'minSegmentBytes',
	'sha256',
	'digest',
	'maxBytesPerSecond',
	'onProgress',
	'signal',
	'mirrors',
	'overwrite',
	'headers',
	'timeouts',
	'retry',
	'maxBytes',
	'maxRedirects',
	'acceptEncoded',
	'keepModifiedTime',
	'fsync',
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function downloadSettings(options: DownloadOptions): DownloadSettings {
	requireKnownNames('download', options, NAMES);
	const { signal, maxRedirects, timeouts = {} } = options;
	optionalSignal('signal', signal);
	mergeTimeouts(DEFAULT_TIMEOUTS, timeouts);
	return {
		segments: checkedSegments(options.segments ?? DEFAULTS.segments),
		minSegmentBytes: wholeNumber('minSegmentBytes', options.minSegmentBytes ?? DEFAULTS.minSegmentBytes, 1),
		digests: checkedDigests(options),
		bandwidth: bandwidthOf(options.maxBytesPerSecond),
		onProgress: checkedFunction(options.onProgress),
		signal,
		mirrors: checkedMirrors(options.mirrors ?? []),
		overwrite: checkedOverwrite(options.overwrite ?? DEFAULTS.overwrite),
		headers: checkedHeaders(options.headers ?? {}),
		timeouts,
		totalMs: timeouts.totalMs ?? Number.POSITIVE_INFINITY,
		retry: checkedRetry(options.retry ?? {}),
		maxBytes: wholeNumberOrInfinity('maxBytes', options.maxBytes ?? Number.POSITIVE_INFINITY, 0),
		maxRedirects: maxRedirects === undefined ? undefined : wholeNumber('maxRedirects', maxRedirects, 0),
		acceptEncoded: flag('acceptEncoded', options.acceptEncoded ?? false),
		keepModifiedTime: flag('keepModifiedTime', options.keepModifiedTime ?? true),
		fsync: flag('fsync', options.fsync ?? true),
	};
}

function checkedSegments(value: number): number {
	if (wholeNumber('segments', value, 1) <= MAX_SEGMENTS) return value;
	throw new InvalidRequestError(`segments is ${value}: give a whole number from 1 to ${MAX_SEGMENTS}.`);
}

function checkedDigests({ sha256, digest }: DownloadOptions): ExpectedDigest[] {
	const digests: ExpectedDigest[] = [];
	if (sha256 !== undefined) digests.push(parseDigest('sha256', 'sha256', sha256));
	if (digest === undefined) return digests;
	requireKnownNames('digest', digest, ['algorithm', 'value']);
	return [...digests, parseDigest('digest', digest.algorithm, digest.value)];
}

function bandwidthOf(value: number | BandwidthLimit | undefined): BandwidthLimit | undefined {
	if (value === undefined || value === Number.POSITIVE_INFINITY) return undefined;
	return value instanceof BandwidthLimit ? value : new BandwidthLimit(value);
}

function checkedFunction(value: DownloadSettings['onProgress']): DownloadSettings['onProgress'] {
	if (value === undefined || typeof value === 'function') return value;
	throw new InvalidRequestError(`onProgress is of type ${typeof value}: give a function.`);
}

function checkedMirrors(value: readonly (string | URL)[]): readonly (string | URL)[] {
	if (Array.isArray(value)) return value;
	throw new InvalidRequestError(`mirrors is ${kindOf(value)}: give a list of URLs.`);
}

function checkedOverwrite(value: DownloadSettings['overwrite']): DownloadSettings['overwrite'] {
	if (value === 'error' || value === 'replace' || value === 'skip') return value;
	throw new InvalidRequestError(`overwrite is "${String(value)}": give "error", "replace" or "skip".`);
}

function checkedHeaders(headers: RequestHeaders): RequestHeaders {
	if (!isRecord(headers)) {
		throw new InvalidRequestError(`headers is ${kindOf(headers)}: give an object of names and values.`);
	}
	for (const name of Object.keys(headers)) {
		if (!OWN_HEADERS.has(name.toLowerCase())) continue;
		throw new InvalidRequestError(`The header "${name}" is set by the download itself: leave it out.`);
	}
	return headers;
}

function checkedRetry(options: DownloadRetryOptions): TryLimits {
	requireKnownNames('retry', options, Object.keys(DEFAULT_RETRY));
	const retry = { ...DEFAULT_RETRY, ...options };
	return {
		limit: wholeNumber('retry.limit', retry.limit, 0),
		baseMs: nonNegative('retry.baseMs', retry.baseMs),
		maxDelayMs: nonNegative('retry.maxDelayMs', retry.maxDelayMs),
		maxRetryAfterMs: nonNegative('retry.maxRetryAfterMs', retry.maxRetryAfterMs),
	};
}

import type { ResumableVersion } from '../answers/file-version.ts';
import { type ByteRange, mergeRanges } from '../byte-range.ts';
import { type ExpectedDigest, parseDigest } from '../digest/expected-digest.ts';

/** What the file beside a `.part` says: which version of which URL it is of, and which bytes of it are on the disk. */
export interface DownloadState {
	/** Without credentials. */
	readonly url: string;
	readonly file: ResumableVersion;
	/** On the disk, surely. */
	readonly held: readonly ByteRange[];
	/** Parts of it came from other hosts, so that only a digest can tell whether they fit. */
	readonly mixed: boolean;
	/** It is whole and checked, and about to get its name. */
	readonly finished: boolean;
	/** When the first byte was asked for, in ISO 8601. */
	readonly startedAt: string;
}

/** Changes whenever an older reader would misunderstand the file. */
const FORMAT = 1;

/** The state as text. */
export function formatState(state: DownloadState): string {
	const { size, validator, digests, lastModified, contentType } = state.file;
	return `${JSON.stringify({
		version: FORMAT,
		url: state.url,
		size,
		validator,
		held: state.held.map(({ start, end }) => [start, end]),
		mixed: state.mixed,
		finished: state.finished,
		digests: Object.fromEntries(digests.map(({ algorithm, bytes }) => [algorithm, bytes.toString('base64')])),
		lastModified,
		contentType,
		startedAt: state.startedAt,
	})}\n`;
}

/** The state that `text` stands for; `undefined` when it is damaged or of another format. */
export function parseState(text: string): DownloadState | undefined {
	let data: unknown;
	try {
		data = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isRecord(data) || data.version !== FORMAT) return undefined;
	const { url, size, validator, mixed, finished, startedAt, lastModified, contentType } = data;
	const held = parseHeld(data.held, size);
	const digests = parseDigests(data.digests);
	if (typeof url !== 'string' || !isSize(size) || held === undefined || digests === undefined) return undefined;
	if (!isRecord(validator) || typeof validator.value !== 'string') return undefined;
	if (validator.kind !== 'etag' && validator.kind !== 'last-modified') return undefined;
	if (typeof mixed !== 'boolean' || typeof finished !== 'boolean' || typeof startedAt !== 'string') return undefined;
	return {
		url,
		file: {
			size,
			validator: { kind: validator.kind, value: validator.value },
			ranges: 'accepted',
			encoded: false,
			digests,
			lastModified: typeof lastModified === 'string' ? lastModified : undefined,
			contentType: typeof contentType === 'string' ? contentType : undefined,
		},
		held,
		mixed,
		finished,
		startedAt,
	};
}

function parseHeld(value: unknown, size: unknown): ByteRange[] | undefined {
	if (!Array.isArray(value) || !isSize(size)) return undefined;
	const ranges: ByteRange[] = [];
	for (const item of value) {
		if (!Array.isArray(item) || item.length !== 2) return undefined;
		const [start, end]: unknown[] = item;
		if (!isSize(start) || !isSize(end) || start >= end || end > size) return undefined;
		ranges.push({ start, end });
	}
	return mergeRanges(ranges);
}

function parseDigests(value: unknown): ExpectedDigest[] | undefined {
	if (!isRecord(value)) return undefined;
	try {
		return Object.entries(value).map(([algorithm, digest]) => parseDigest('digests', algorithm, digest));
	} catch {
		return undefined;
	}
}

function isSize(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

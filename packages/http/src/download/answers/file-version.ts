import { firstValue, type ResponseHeaders } from '../../response-headers.ts';
import type { ExpectedDigest } from '../digest/expected-digest.ts';
import { parseReprDigest } from '../digest/repr-digest.ts';
import type { DownloadResponse } from '../download-fetch.ts';
import { strongLastModified, strongValidator, type Validator } from './validators.ts';

/** What a proxy answers that has changed what the server sent (RFC 9110 §15.3.4). */
export const TRANSFORMED = 203;

/** The file as one response for the whole of it described it. */
export interface FileVersion {
	/** In bytes; `undefined` when the server does not say. */
	readonly size: number | undefined;
	/** Strong, or none. */
	readonly validator: Validator | undefined;
	/** What `Accept-Ranges` says; `unknown` when it is absent. */
	readonly ranges: 'accepted' | 'refused' | 'unknown';
	/** The file is sent under a content coding, or as a proxy has changed it: it is no use to ask for parts of that. */
	readonly encoded: boolean;
	/** What the server says the digests of the whole are. */
	readonly digests: readonly ExpectedDigest[];
	/** Only where it is strong. */
	readonly lastModified: string | undefined;
	readonly contentType: string | undefined;
}

/** A version of which parts can be asked for later: its size is known, and a change cannot go unnoticed. */
export interface ResumableVersion extends FileVersion {
	readonly size: number;
	readonly validator: Validator;
}

/** Reads the head of a response with the whole file. */
export function versionOf({ status, headers }: Pick<DownloadResponse, 'status' | 'headers'>): FileVersion {
	const isTransformed = status === TRANSFORMED;
	return {
		size: announcedSize(headers),
		// It is that of the original.
		validator: isTransformed ? undefined : strongValidator(headers),
		ranges: acceptedRanges(firstValue(headers, 'accept-ranges')),
		encoded: isTransformed || isEncoded(headers),
		digests: parseReprDigest(headers['repr-digest']),
		lastModified: strongLastModified(headers),
		contentType: firstValue(headers, 'content-type'),
	};
}

/** Whether a download of the version can go on where it broke off. */
export function isResumable(version: FileVersion): version is ResumableVersion {
	const { size, validator, ranges, encoded } = version;
	return size !== undefined && validator !== undefined && ranges !== 'refused' && !encoded;
}

/** Whether a content coding was applied, although `identity` was asked for. */
export function isEncoded(headers: ResponseHeaders): boolean {
	const value = headers['content-encoding'];
	return String(value ?? '')
		.split(',')
		.some((coding) => !/^\s*(?:identity)?\s*$/i.test(coding));
}

/** `Content-Length`, unless the body is chunked, when it counts for nothing (RFC 9112 §6.3). */
export function announcedSize(headers: ResponseHeaders): number | undefined {
	const length = headers['content-length'];
	if (typeof length !== 'string' || headers['transfer-encoding'] !== undefined) return undefined;
	return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function acceptedRanges(value: string | undefined): FileVersion['ranges'] {
	if (value === undefined) return 'unknown';
	const units = value.toLowerCase().split(',');
	return units.some((unit) => unit.trim() === 'bytes') ? 'accepted' : 'refused';
}

import type { OutgoingHttpHeaders } from 'node:http';
import { contentType } from '../static/content-type.ts';
import type { Validators } from './preconditions.ts';
import type { Representation } from './representation.ts';
import { representationOf } from './representation.ts';
import type { ServedFile } from './served-file.ts';

/** A file as it was set: a response under way goes on with the version that it began with. */
export interface FileVersion {
	readonly representation: Representation;
	readonly validators: Validators;
	/** What 200 and 206 say besides validators, range and length. */
	readonly headers: OutgoingHttpHeaders;
	/** The value of `Repr-Digest`, if it is to be sent. */
	reprDigest(): Promise<string | undefined>;
}

const firstModified = Date.UTC(2020, 0, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** @param number how many versions of the file there were before. */
export function fileVersion(name: string, file: ServedFile, number: number): FileVersion {
	const representation = representationOf(file);
	return {
		representation,
		validators: validatorsOf(file, representation, number),
		headers: {
			'Content-Type': file.contentType ?? contentType(name),
			...(file.contentDisposition !== undefined && { 'Content-Disposition': file.contentDisposition }),
			...(file.encoding !== undefined && { 'Content-Encoding': file.encoding }),
			...file.headers,
		},
		reprDigest: async () => {
			if (file.reprDigest === undefined || file.reprDigest === false) return undefined;
			const digest = Buffer.from(await representation.sha256(), 'hex');
			if (file.reprDigest === 'wrong') digest[0] = ~(digest[0] ?? 0);
			return `sha-256=:${digest.toString('base64')}:`;
		},
	};
}

function validatorsOf(file: ServedFile, { fingerprint }: Representation, number: number): Validators {
	const { validator = 'strong', etag = fingerprint } = file;
	if (validator === 'strong') return { etag: `"${etag}"` };
	if (validator === 'weak') return { etag: `W/"${etag}"` };
	if (validator === 'none') return {};
	return { lastModified: (file.lastModified ?? new Date(firstModified + number * dayMs)).toUTCString() };
}

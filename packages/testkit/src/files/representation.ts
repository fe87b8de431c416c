import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { generatedBytes, generatedSha256 } from './generated-bytes.ts';
import type { ServedFile } from './served-file.ts';

/** The bytes that are sent for a file, after its content coding (RFC 9110 section 3.2). */
export interface Representation {
	readonly size: number;
	/** A short text that differs from that of any other content. */
	readonly fingerprint: string;
	bytes(start: number, length: number): Uint8Array;
	/** In hexadecimal. */
	sha256(): Promise<string>;
}

/** What `file` is sent as. */
export function representationOf(file: ServedFile): Representation {
	if ('size' in file && file.encoding === undefined) return generated(file.seed, file.size);
	const bytes = 'size' in file ? generatedBytes(file.seed, 0, file.size) : toBytes(file.content);
	return fixed(file.encoding === 'gzip' ? gzipSync(bytes) : bytes);
}

function fixed(bytes: Uint8Array): Representation {
	return {
		size: bytes.byteLength,
		fingerprint: sha256(bytes).slice(0, 16),
		bytes: (start, length) => bytes.subarray(start, start + length),
		sha256: async () => sha256(bytes),
	};
}

function generated(seed: number, size: number): Representation {
	let digest: Promise<string> | undefined;
	return {
		size,
		fingerprint: sha256(Buffer.from(`${seed} ${size}`)).slice(0, 16),
		bytes: (start, length) => generatedBytes(seed, start, length),
		sha256: () => {
			digest ??= generatedSha256(seed, size);
			return digest;
		},
	};
}

function toBytes(content: string | Uint8Array): Uint8Array {
	// A copy, so that the file stays what it is when the caller goes on using the array.
	return typeof content === 'string' ? Buffer.from(content) : Uint8Array.from(content);
}

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

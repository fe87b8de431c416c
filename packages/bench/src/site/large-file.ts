import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { generatedBytes } from '@orbweaver/testkit';

/** What a file is, for a comparison. */
export interface FileFacts {
	readonly bytes: number;
	readonly sha256: string;
}

// The same file for everybody, everywhere.
const seed = 1;
const stepBytes = 1024 * 1024;

/** Writes a file of which no two parts are alike, and waits until it is on the disk. */
export async function writeLargeFile(path: string, bytes: number): Promise<FileFacts> {
	const hash = createHash('sha256');
	await using file = await open(path, 'wx');
	for (let offset = 0; offset < bytes; offset += stepBytes) {
		const part = generatedBytes(seed, offset, Math.min(stepBytes, bytes - offset));
		hash.update(part);
		await file.writeFile(part);
	}
	await file.sync();
	return { bytes, sha256: hash.digest('hex') };
}

/** Reads a file whole. */
export async function fileFacts(path: string): Promise<FileFacts> {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const part of createReadStream(path, { highWaterMark: stepBytes }) as AsyncIterable<Buffer>) {
		hash.update(part);
		bytes += part.length;
	}
	return { bytes, sha256: hash.digest('hex') };
}

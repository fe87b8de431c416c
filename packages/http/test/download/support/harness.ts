import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileServer, generatedBytes, rangesOf, type ServedFile, startFileServer } from '@orbweaver/testkit';
import type { DownloadOptions } from '../../../src/download/download-options.ts';
import type { DownloadResult } from '../../../src/download/download-result.ts';
import { HttpClient } from '../../../src/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A server with files, a client, and a folder to download to. */
export interface Harness extends AsyncDisposable {
	readonly server: FileServer;
	readonly client: HttpClient;
	readonly folder: string;
	/** Downloads a file of the server to the folder, under its name, without waiting long between tries. */
	get(name: string, options?: DownloadOptions): Promise<DownloadResult>;
	/** The file as it is on the disk. */
	read(name: string): Promise<Buffer>;
	/** What is in the folder. */
	names(): Promise<string[]>;
	/** The ranges that were asked for, in order; `undefined` for the whole. */
	ranges(name: string): (string | undefined)[];
}

export async function startHarness(files: Readonly<Record<string, ServedFile>>): Promise<Harness> {
	const server = await startFileServer({ files });
	const client = new HttpClient();
	const folder = temporaryFolder();
	return {
		server,
		client,
		folder,
		get: (name, options = {}) =>
			client.download(`${server.url}/${name}`, join(folder, name), {
				...options,
				retry: { baseMs: 1, ...options.retry },
			}),
		read: (name) => readFile(join(folder, name)),
		names: async () => (await readdir(folder)).sort(),
		ranges: (name) => rangesOf(server.log, name),
		async [Symbol.asyncDispose]() {
			await client.destroy();
			await server[Symbol.asyncDispose]();
		},
	};
}

/** The bytes that the server makes of a seed. */
export function bytesOf(seed: number, size: number): Buffer {
	return Buffer.from(generatedBytes(seed, 0, size));
}

/** Resolves when a download has told that so many bytes are there; give `onProgress` to it. */
export function progressUntil(bytes: number): {
	onProgress: NonNullable<DownloadOptions['onProgress']>;
	reached: Promise<void>;
} {
	const { promise, resolve } = Promise.withResolvers<void>();
	return {
		reached: promise,
		onProgress: (progress) => {
			if (progress.bytes >= bytes) resolve();
		},
	};
}

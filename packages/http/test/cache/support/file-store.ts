import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheEntry, CacheStore } from '../../../src/cache/cache-store.ts';

/** A store on disk as a user might write it: a file for each URL, bodies in base64. */
export class FileStore implements CacheStore {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	async get(key: string): Promise<CacheEntry[] | undefined> {
		let text: string;
		try {
			text = await readFile(this.#fileOf(key), 'utf8');
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			throw error;
		}
		return JSON.parse(text).map((entry: { body: string }) => ({ ...entry, body: Buffer.from(entry.body, 'base64') }));
	}

	async set(key: string, entries: readonly CacheEntry[]): Promise<void> {
		const file = this.#fileOf(key);
		const text = JSON.stringify(entries.map((entry) => ({ ...entry, body: entry.body.toString('base64') })));
		await writeFile(`${file}.part`, text);
		await rename(`${file}.part`, file);
	}

	async delete(key: string): Promise<void> {
		await rm(this.#fileOf(key), { force: true });
	}

	#fileOf(key: string): string {
		return join(this.#folder, createHash('sha256').update(key).digest('hex'));
	}
}

import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotBeWritten, type ExportSink } from './export-sink.ts';

/**
 * A file that is there when it is whole: it is written under another name beside its own, brought to the disk, and takes
 * the place of an earlier file in one step.
 */
export class FileSink implements ExportSink {
	readonly #name: string;
	readonly #path: string;
	readonly #temporary: string;
	readonly #file: FileHandle;

	private constructor(name: string, path: string, temporary: string, file: FileHandle) {
		this.#name = name;
		this.#path = path;
		this.#temporary = temporary;
		this.#file = file;
	}

	/**
	 * Makes the file's folder where there is none.
	 *
	 * @throws StorageError when there can be no file of that name.
	 */
	static async open(name: string): Promise<FileSink> {
		try {
			await mkdir(dirname(name), { recursive: true });
			const found = await findFile(name);
			if (found?.stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
			// What a link leads to is replaced, and not the link.
			const path = found?.path ?? name;
			const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
			const file = await open(temporary, 'wx');
			if (found !== undefined) await file.chmod(found.stats.mode & 0o777);
			return new FileSink(name, path, temporary, file);
		} catch (cause) {
			throw cannotBeWritten(name, cause);
		}
	}

	async write(bytes: string | Uint8Array): Promise<boolean> {
		try {
			await this.#file.writeFile(bytes);
			return true;
		} catch (cause) {
			throw cannotBeWritten(this.#name, cause);
		}
	}

	async finish(): Promise<void> {
		try {
			await this.#file.sync();
			await this.#file.close();
			await rename(this.#temporary, this.#path);
			await syncFolder(dirname(this.#path));
		} catch (cause) {
			await this.abandon();
			throw cannotBeWritten(this.#name, cause);
		}
	}

	async abandon(): Promise<void> {
		await this.#file.close().catch(() => {});
		await rm(this.#temporary, { force: true });
	}
}

/** What has the name, if anything does; where it is in the end. */
export async function findFile(name: string): Promise<{ path: string; stats: Stats } | undefined> {
	try {
		return { path: await realpath(name), stats: await stat(name) };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** The new name survives a power cut only when its folder is on the disk too. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, 'r').catch(() => undefined);
	await folder?.sync().catch(() => {});
	await folder?.close();
}

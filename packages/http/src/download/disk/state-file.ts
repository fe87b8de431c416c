import { constants, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type DownloadState, formatState, parseState } from './download-state.ts';
import { syncFolder } from './sync-folder.ts';

const { O_CREAT, O_NOFOLLOW = 0, O_TRUNC, O_WRONLY } = constants;

/** The file beside a `.part` that says what is in it. Whoever reads it finds the old state or the new, never a half. */
export class StateFile {
	readonly #path: string;
	readonly #durable: boolean;

	/** @param durable whether it must last through a power cut too, not only through the end of the process. */
	constructor(path: string, durable: boolean) {
		this.#path = path;
		this.#durable = durable;
	}

	/** What it says; `undefined` when there is none, `damaged` when it does not make sense. */
	async read(): Promise<DownloadState | 'damaged' | undefined> {
		try {
			return parseState(await readFile(this.#path, 'utf8')) ?? 'damaged';
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
			throw error;
		}
	}

	async write(state: DownloadState): Promise<void> {
		const temporary = `${this.#path}.tmp`;
		// A signed URL is a secret of its user.
		const handle = await open(temporary, O_CREAT | O_NOFOLLOW | O_TRUNC | O_WRONLY, 0o600);
		try {
			try {
				await handle.writeFile(formatState(state));
				// Otherwise the name could last through a power cut, and the text not.
				if (this.#durable) await handle.datasync();
			} finally {
				await handle.close();
			}
			await rename(temporary, this.#path);
		} catch (error) {
			await rm(temporary, { force: true });
			throw error;
		}
	}

	/** Lasting, before it returns: after this nobody can take other bytes for those it spoke of. */
	async remove(): Promise<void> {
		await rm(`${this.#path}.tmp`, { force: true });
		try {
			await rm(this.#path);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
			throw error;
		}
		if (this.#durable) await syncFolder(dirname(this.#path));
	}
}

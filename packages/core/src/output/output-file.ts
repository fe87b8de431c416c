import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StorageError } from '../errors.ts';
import type { CrawlStore } from '../store/crawl-store.ts';
import type { OutputPosition } from '../store/item-store.ts';

const DATASET = 'default';
const ROWS_AT_ONCE = 1_000;
/** How far the file may lag behind the storage, in milliseconds. */
const LAG_MS = 250;

export interface OutputFileOptions {
	readonly store: CrawlStore;
	readonly path: string;
	/** Whether what is written shall survive a power cut before the storage counts on it. */
	readonly isSynced: boolean;
	/** Called once when the file cannot be written. */
	failed(error: Error): void;
}

/**
 * A file with the rows of the default dataset as JSON lines, kept in step with the storage.
 *
 * The rows are in the storage first, and in the file a moment later; how far the file is written, the storage remembers
 * after that. So whatever was cut off by a kill is cut from the file and written again when it is opened the next time.
 */
export class OutputFile {
	readonly #options: OutputFileOptions;
	readonly #file: FileHandle;
	#position: OutputPosition;
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();
	#failure: Error | undefined;

	private constructor(options: OutputFileOptions, file: FileHandle, position: OutputPosition) {
		this.#options = options;
		this.#file = file;
		this.#position = position;
	}

	/**
	 * Opens the file, and mends it where an earlier run has left it half written.
	 *
	 * @throws StorageError when it cannot be opened, or holds something that this storage has not written.
	 */
	static async open(options: OutputFileOptions): Promise<OutputFile> {
		const path = resolve(options.path);
		const known = await options.store.outputPosition(path);
		const file = await openFile(path);
		try {
			const { size } = await file.stat();
			const position = startOf(path, size, known);
			await file.truncate(position.bytes);
			// Also before the first row: from here on the file is known to be ours.
			await options.store.setOutputPosition(path, position);
			return new OutputFile({ ...options, path }, file, position);
		} catch (error) {
			await file.close();
			throw error;
		}
	}

	/** Begins to follow the storage. */
	start(): void {
		if (this.#failure !== undefined) return;
		this.#timer = setTimeout(() => {
			void this.#write().then(() => this.start());
		}, LAG_MS);
	}

	/**
	 * Writes what is left and closes the file.
	 *
	 * @throws StorageError when something could not be written.
	 */
	async close(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#writing;
		clearTimeout(this.#timer);
		await this.#write();
		await this.#file.close();
		if (this.#failure !== undefined) throw this.#failure;
	}

	/** Closes the file as it is; the next run goes on from there. */
	async abandon(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#writing;
		clearTimeout(this.#timer);
		await this.#file.close();
	}

	#write(): Promise<void> {
		this.#writing = this.#catchUp().catch((cause: unknown) => {
			if (this.#failure !== undefined) return;
			this.#failure = cause instanceof StorageError ? cause : cannotBeWritten(this.#options.path, cause);
			this.#options.failed(this.#failure);
		});
		return this.#writing;
	}

	async #catchUp(): Promise<void> {
		const { store, path, isSynced } = this.#options;
		for (;;) {
			const rows = await store.itemsAfter(DATASET, this.#position.itemId, ROWS_AT_ONCE);
			const last = rows.at(-1);
			if (last === undefined || this.#failure !== undefined) return;
			const lines = Buffer.from(rows.map(({ json }) => `${json}\n`).join(''));
			await writeWhole(this.#file, lines, this.#position.bytes);
			if (isSynced) await this.#file.datasync();
			this.#position = { itemId: last.id, bytes: this.#position.bytes + lines.length };
			await store.setOutputPosition(path, this.#position);
		}
	}
}

/**
 * Where writing goes on in a file of this size.
 *
 * @throws StorageError for a file that has something in it and is not known.
 */
function startOf(path: string, size: number, known: OutputPosition | undefined): OutputPosition {
	if (known === undefined && size > 0) {
		throw new StorageError(
			'ORB_OUTPUT_FOREIGN',
			`output "${path}" exists already and was not written from this storage; remove it or choose another name, nothing in it was changed.`,
		);
	}
	// A file that was removed or cut is written anew.
	return known === undefined || size < known.bytes ? { itemId: 0, bytes: 0 } : known;
}

async function openFile(path: string): Promise<FileHandle> {
	try {
		await mkdir(dirname(path), { recursive: true });
		return await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'ENOENT') throw error;
			return open(path, 'wx+');
		});
	} catch (cause) {
		throw cannotBeWritten(path, cause);
	}
}

async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	for (let written = 0; written < bytes.length; ) {
		written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
	}
}

function cannotBeWritten(path: string, cause: unknown): StorageError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new StorageError(
		'ORB_OUTPUT_WRITE_FAILED',
		`output "${path}" cannot be written: ${reason}. The rows are in the storage; mend the cause and start again to go on.`,
		{ cause },
	);
}

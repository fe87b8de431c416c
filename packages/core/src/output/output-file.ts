import { type FileHandle, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CrawlStore } from '../store/crawl-store.ts';
import type { OutputPosition } from '../store/item-store.ts';
import { agreement, FILE_START, type FollowedRows, linesOf } from './agreement.ts';
import { foreignOutput, removedOutput, unwritableOutput } from './output-fault.ts';
import { type OutputPath, outputPath } from './output-path.ts';

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
 * after that. So whatever was cut off by a kill is written again when it is opened the next time.
 *
 * Nobody else may change it meanwhile: that is noticed before the next rows are written, and ends the writing.
 */
export class OutputFile {
	readonly #options: OutputFileOptions;
	readonly #target: OutputPath;
	readonly #file: FileHandle;
	/** As the storage remembers it. */
	#position: OutputPosition;
	/** The length of the file, which is ahead of the position until the storage has that. */
	#bytes: number;
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();
	#failure: Error | undefined;

	private constructor(options: OutputFileOptions, target: OutputPath, file: FileHandle, position: OutputPosition) {
		this.#options = options;
		this.#target = target;
		this.#file = file;
		this.#position = position;
		this.#bytes = position.bytes;
	}

	/**
	 * Opens the file, and mends it where an earlier run has left it half written.
	 *
	 * @throws StorageError when it cannot be opened, or holds something else than rows of this storage.
	 */
	static async open(options: OutputFileOptions): Promise<OutputFile> {
		const { store } = options;
		const target = await outputPath(options.path, store.path);
		const stored = await store.outputPosition(target.key);
		// As it was known before the key was made to survive a move.
		const known = stored ?? (await store.outputPosition(resolve(options.path)));
		const file = await openFile(target.path);
		try {
			const { size } = await file.stat();
			const position = await agreement(file, size, known, followedRows(store));
			if (position === undefined) {
				const why =
					known === undefined ? 'exists already and was not written from this storage' : 'was changed by somebody else';
				throw foreignOutput(options.path, why);
			}
			await file.truncate(position.bytes);
			// Also before the first row: from here on the file is known to be ours.
			await store.moveOutputPosition(target.key, stored, position);
			return new OutputFile(options, target, file, position);
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
			this.#failure = unwritableOutput(this.#options.path, cause);
			this.#options.failed(this.#failure);
		});
		return this.#writing;
	}

	async #catchUp(): Promise<void> {
		const { store, isSynced } = this.#options;
		while (this.#failure === undefined) {
			await this.#checkUntouched();
			if (await this.#beginsAnew()) continue;
			const rows = await followedRows(store).after(this.#position.itemId);
			const last = rows.at(-1);
			if (last === undefined) return;
			const lines = linesOf(rows);
			await writeWhole(this.#file, lines, this.#position.bytes);
			if (isSynced) await this.#file.datasync();
			this.#bytes = this.#position.bytes + lines.length;
			await this.#moveTo({ itemId: last.id, bytes: this.#bytes });
		}
	}

	/** @throws StorageError when the file is not what was written. */
	async #checkUntouched(): Promise<void> {
		const { path } = this.#options;
		const [ours, named] = await Promise.all([
			this.#file.stat({ bigint: true }),
			stat(this.#target.path, { bigint: true }).catch(() => undefined),
		]);
		if (named === undefined) throw removedOutput(path);
		if (named.ino !== ours.ino || named.dev !== ours.dev) {
			throw foreignOutput(path, 'was replaced by another file while it was written');
		}
		if (ours.size !== BigInt(this.#bytes)) {
			throw foreignOutput(path, `was changed by somebody else: ${this.#bytes} bytes were written, it has ${ours.size}`);
		}
	}

	/** Empties the file after its rows were removed from the storage, be it while they were written. */
	async #beginsAnew(): Promise<boolean> {
		const stored = await this.#options.store.outputPosition(this.#target.key);
		if (stored?.itemId === this.#position.itemId && stored.bytes === this.#position.bytes) return false;
		if (stored === undefined || stored.itemId >= 0) {
			throw foreignOutput(this.#options.path, 'is written by another crawler at the same time');
		}
		await this.#file.truncate(0);
		this.#bytes = 0;
		if (await this.#options.store.moveOutputPosition(this.#target.key, stored, FILE_START)) this.#position = FILE_START;
		return true;
	}

	/** Only from where it was: the rows may have been removed meanwhile. */
	async #moveTo(position: OutputPosition): Promise<void> {
		const hasMoved = await this.#options.store.moveOutputPosition(this.#target.key, this.#position, position);
		if (hasMoved) this.#position = position;
	}
}

function followedRows(store: CrawlStore): FollowedRows {
	return {
		after: (itemId) => store.itemsAfter(DATASET, itemId, ROWS_AT_ONCE),
		upTo: async (itemId, limit) => (await store.itemsAfter(DATASET, itemId + 1, limit, { desc: true })).toReversed(),
	};
}

async function openFile(path: string): Promise<FileHandle> {
	try {
		return await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'ENOENT') throw error;
			return open(path, 'wx+');
		});
	} catch (cause) {
		throw unwritableOutput(path, cause);
	}
}

async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	for (let written = 0; written < bytes.length; ) {
		written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
	}
}

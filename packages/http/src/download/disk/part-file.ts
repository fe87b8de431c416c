import { constants, type FileHandle, open, rm } from 'node:fs/promises';
import { SegmentWriter } from './segment-writer.ts';

const { O_CREAT, O_NOFOLLOW = 0, O_RDWR } = constants;

/** A file that is not whole yet. */
export class PartFile implements AsyncDisposable {
	readonly path: string;
	readonly handle: FileHandle;
	/** Its length when it was opened. */
	readonly foundBytes: number;
	#closed = false;

	private constructor(path: string, handle: FileHandle, foundBytes: number) {
		this.path = path;
		this.handle = handle;
		this.foundBytes = foundBytes;
	}

	/** Opens it, or makes an empty one. A link is not followed: it would be somebody else's file that is written to. */
	static async open(path: string): Promise<PartFile> {
		for (;;) {
			const handle = await open(path, O_CREAT | O_NOFOLLOW | O_RDWR, 0o666);
			const { nlink, size } = await handle.stat();
			if (nlink <= 1) return new PartFile(path, handle, size);
			// A finished file has got its name already, and would be written into under that.
			await handle.close();
			await rm(path);
		}
	}

	/** Writes from `position` on. */
	writer(position: number): SegmentWriter {
		return new SegmentWriter(this.handle, position);
	}

	/** Forgets it; it must be closed all the same. */
	async remove(): Promise<void> {
		await this.close();
		await rm(this.path, { force: true });
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.handle.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

import { type FileHandle, open } from 'node:fs/promises';
import { startOfLastLines } from './last-lines.ts';
import { LineSplitter } from './line-splitter.ts';

/** What a look at a file found. */
export interface NewLines {
	readonly lines: readonly string[];
	/** There is more: look again. */
	readonly more: boolean;
}

/** Enough to tell one content from another. */
const FINGERPRINT_BYTES = 64;

/** An unfinished line is shown when nothing came for so long. */
const UNFINISHED_AFTER_MS = 2_000;

/**
 * A file that is followed by its open handle, whatever it is called by now. It was truncated when it is shorter than what
 * was read, or when the bytes before that place are others than before: then it is read from its beginning.
 */
export class FollowedFile implements AsyncDisposable {
	/** Device and inode: the same file under any name. */
	readonly key: string;
	/** The name under which it was found. */
	readonly name: string;
	readonly #file: FileHandle;
	#splitter = new LineSplitter();
	#position = 0;
	#fingerprint: Buffer = Buffer.alloc(0);
	#seen = '';
	#grewAt = performance.now();

	private constructor(key: string, name: string, file: FileHandle) {
		this.key = key;
		this.name = name;
		this.#file = file;
	}

	/**
	 * @param lastLines how many of its lines are wanted; Infinity for all.
	 * @throws the system's error (rejects), such as ENOENT and EACCES.
	 */
	static async open(path: string, lastLines: number): Promise<FollowedFile> {
		const file = await open(path, 'r');
		try {
			const { dev, ino, size } = await file.stat({ bigint: true });
			const followed = new FollowedFile(fileKey(dev, ino), path, file);
			if (lastLines !== Number.POSITIVE_INFINITY) await followed.#startAtEnd(Number(size), lastLines);
			return followed;
		} catch (error) {
			await file.close();
			throw error;
		}
	}

	/** How long nothing was added to it, in milliseconds. */
	get quietMs(): number {
		return performance.now() - this.#grewAt;
	}

	/**
	 * What was added since the last look.
	 *
	 * @param buffer read into; no more than it holds is read at once.
	 */
	async look(buffer: Buffer): Promise<NewLines> {
		const { size, mtimeNs } = await this.#file.stat({ bigint: true });
		const seen = `${size} ${mtimeNs}`;
		const lines: string[] = [];
		if (seen !== this.#seen && (await this.#isTruncated(Number(size)))) lines.push(...this.#startAnew());
		const end = Math.min(Number(size), this.#position + buffer.length);
		lines.push(...(await this.#readTo(end, buffer)));
		const more = this.#position < Number(size);
		if (!more) this.#seen = seen;
		if (this.quietMs >= UNFINISHED_AFTER_MS) lines.push(...this.unfinished());
		return { lines, more };
	}

	/** The line that has no end yet, which becomes a line of its own. */
	unfinished(): readonly string[] {
		const line = this.#splitter.flush();
		return line === undefined ? [] : [line];
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#file.close();
	}

	async #startAtEnd(size: number, lastLines: number): Promise<void> {
		this.#position = await startOfLastLines(this.#file, size, lastLines);
		this.#fingerprint = await this.#bytesBefore(this.#position, FINGERPRINT_BYTES);
	}

	async #isTruncated(size: number): Promise<boolean> {
		if (size < this.#position) return true;
		const before = await this.#bytesBefore(this.#position, this.#fingerprint.length);
		return !before.equals(this.#fingerprint);
	}

	async #bytesBefore(position: number, count: number): Promise<Buffer> {
		const length = Math.min(count, position);
		const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, position - length);
		return buffer.subarray(0, bytesRead);
	}

	#startAnew(): readonly string[] {
		const rest = this.unfinished();
		this.#splitter = new LineSplitter();
		this.#position = 0;
		this.#fingerprint = Buffer.alloc(0);
		this.#seen = '';
		return rest;
	}

	async #readTo(end: number, buffer: Buffer): Promise<readonly string[]> {
		if (end <= this.#position) return [];
		const { bytesRead } = await this.#file.read(buffer, 0, end - this.#position, this.#position);
		const chunk = buffer.subarray(0, bytesRead);
		this.#position += bytesRead;
		this.#fingerprint = Buffer.from(
			Buffer.concat([this.#fingerprint, chunk.subarray(-FINGERPRINT_BYTES)]).subarray(-FINGERPRINT_BYTES),
		);
		this.#grewAt = performance.now();
		return this.#splitter.push(chunk);
	}
}

/** The key of a file with this device and inode. */
export function fileKey(dev: bigint, ino: bigint): string {
	return `${dev}:${ino}`;
}

import type { FileHandle } from 'node:fs/promises';

/** So much is gathered before it is written: pieces of a socket are small, and each call costs as much as copying 64 KiB. */
const BATCH_BYTES = 1024 * 1024;

/** So much may wait behind a batch that is being written. */
const MAX_WAITING_BYTES = 2 * BATCH_BYTES;

/**
 * Writes a stretch of a file in order, in large batches, while the next one is being received. Memory is bounded by
 * three batches, if the caller waits when told to.
 */
export class SegmentWriter {
	readonly #file: FileHandle;
	#waiting: Buffer[] = [];
	#waitingBytes = 0;
	#writing: Promise<void> | undefined;
	#written: number;
	#failure: { readonly error: unknown } | undefined;

	constructor(file: FileHandle, position: number) {
		this.#file = file;
		this.#written = position;
	}

	/** Up to here the operating system has it. */
	get written(): number {
		return this.#written;
	}

	/**
	 * Takes the next piece.
	 *
	 * @returns a promise to wait for before the next one, when there is enough to write already.
	 * @throws what writing an earlier piece failed with.
	 */
	push(chunk: Buffer): Promise<void> | undefined {
		this.#requireHealth();
		this.#waiting.push(chunk);
		this.#waitingBytes += chunk.length;
		if (this.#waitingBytes >= BATCH_BYTES) this.#start();
		return this.#waitingBytes >= MAX_WAITING_BYTES ? this.#drained() : undefined;
	}

	/** Writes what it was given so far. */
	async flush(): Promise<void> {
		while (this.#failure === undefined && (this.#writing !== undefined || this.#waitingBytes > 0)) {
			this.#start();
			await this.#writing;
		}
		this.#requireHealth();
	}

	/** What it wrote from `position` on was cut off again. Only after a failure, when nothing more is written. */
	forgetFrom(position: number): void {
		this.#written = Math.min(this.#written, position);
	}

	async #drained(): Promise<void> {
		await this.#writing;
		this.#requireHealth();
	}

	#start(): void {
		if (this.#writing !== undefined || this.#failure !== undefined) return;
		const batch = this.#waiting;
		this.#waiting = [];
		this.#waitingBytes = 0;
		this.#writing = this.#write(batch).then(
			() => {
				this.#writing = undefined;
				if (this.#waitingBytes >= BATCH_BYTES) this.#start();
			},
			(error: unknown) => {
				this.#writing = undefined;
				this.#failure = { error };
			},
		);
	}

	async #write(batch: Buffer[]): Promise<void> {
		let rest = batch;
		while (rest.length > 0) {
			const { bytesWritten } = await this.#file.writev(rest, this.#written);
			this.#written += bytesWritten;
			rest = withoutFirst(rest, bytesWritten);
			// The system takes a part only when there is no room for the rest; the next call says so.
		}
	}

	#requireHealth(): void {
		if (this.#failure !== undefined) throw this.#failure.error;
	}
}

function withoutFirst(batch: Buffer[], bytes: number): Buffer[] {
	let left = bytes;
	for (const [index, chunk] of batch.entries()) {
		if (left < chunk.length) return [chunk.subarray(left), ...batch.slice(index + 1)];
		left -= chunk.length;
	}
	return [];
}

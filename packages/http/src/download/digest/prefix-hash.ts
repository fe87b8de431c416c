import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { DigestAlgorithm } from './expected-digest.ts';

/** So much is read at a time from what is on disk. */
const READ_BYTES = 1024 * 1024;

/**
 * Digests of a file, made while it is written. Hash functions take bytes in order only: those that arrive at the end of
 * what was taken so far cost nothing more, and all others are read from the disk later.
 */
export class PrefixHash {
	readonly #hashes: ReadonlyMap<DigestAlgorithm, Hash>;
	#position = 0;

	constructor(algorithms: Iterable<DigestAlgorithm>) {
		this.#hashes = new Map(Array.from(algorithms, (name) => [name, createHash(name)]));
	}

	/** The bytes at `position` have arrived. */
	update(chunk: Buffer, position: number): void {
		if (position !== this.#position) return;
		for (const hash of this.#hashes.values()) hash.update(chunk);
		this.#position += chunk.length;
	}

	/** Takes what is on disk, up to `end`. */
	async catchUp(file: FileHandle, end: number, signal: AbortSignal): Promise<void> {
		if (this.#hashes.size === 0 || this.#position >= end) return;
		const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, end - this.#position));
		while (this.#position < end) {
			signal.throwIfAborted();
			const length = Math.min(buffer.length, end - this.#position);
			const { bytesRead } = await file.read(buffer, 0, length, this.#position);
			if (bytesRead === 0) throw new Error(`The file ends at ${this.#position}, before ${end}.`);
			this.update(buffer.subarray(0, bytesRead), this.#position);
		}
	}

	/** The digests of all that was taken. Nothing can be taken after this. */
	digests(): Map<DigestAlgorithm, Buffer> {
		return new Map([...this.#hashes].map(([name, hash]) => [name, hash.digest()]));
	}
}

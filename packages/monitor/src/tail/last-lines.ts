import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 64 * 1024;

/** No more than this is read of the past of a file. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Where the last `lines` finished lines of a file begin. With 0 that is the beginning of the line that is being written,
 * which is the end of the file when there is none.
 */
export async function startOfLastLines(file: FileHandle, size: number, lines: number): Promise<number> {
	const least = Math.max(0, size - MOST_BYTES);
	let newlines = 0;
	for (let end = size; end > least; ) {
		const start = Math.max(least, end - BLOCK_BYTES);
		const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
		const block = buffer.subarray(0, bytesRead);
		for (let at = block.lastIndexOf(0x0a); at !== -1; at = at === 0 ? -1 : block.lastIndexOf(0x0a, at - 1)) {
			newlines += 1;
			if (newlines > lines) return start + at + 1;
		}
		end = start;
	}
	return least;
}

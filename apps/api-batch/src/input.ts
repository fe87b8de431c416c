import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { UsageError } from './arguments.ts';
import { countLines, type Line, readLines } from './read-lines.ts';

/** What a request may be at most, in bytes; what is longer is a bad line. */
export const MAX_LINE_BYTES: number = 16 * 1024 * 1024;

const CHUNK_BYTES = 1 << 18;

/**
 * Whether the lines of the input can be counted before: those of a pipe are there once only.
 *
 * @throws UsageError when there is nothing to read.
 */
export async function isCountable(path: string): Promise<boolean> {
	if (path === '-') return false;
	const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT')
			throw new UsageError(`There is no file "${path}"; give one with a request on each line.`);
		throw new UsageError(`The requests in "${path}" cannot be read: ${error.message}.`);
	});
	if (facts.isDirectory()) throw new UsageError(`"${path}" is a folder; give a file with a request on each line.`);
	return facts.isFile();
}

/** How many lines the input has; undefined when `signal` fires before that is known. */
export async function countInput(path: string, signal: AbortSignal): Promise<number | undefined> {
	try {
		return await countLines(createReadStream(path, { highWaterMark: CHUNK_BYTES, signal }));
	} catch {
		// It is for the display alone; that the file cannot be read is said where it is read.
		return undefined;
	}
}

/** The lines of the input, until `signal` fires. */
export async function* inputLines(path: string, signal: AbortSignal): AsyncGenerator<Line, void> {
	const stream: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
	try {
		yield* readLines(addAbortSignal(signal, stream), MAX_LINE_BYTES);
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}

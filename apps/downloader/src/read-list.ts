import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Entry, parseEntry } from './entry.ts';
import { fileProblem } from './file-problem.ts';
import { UsageError } from './usage-error.ts';

/** Options of the file above may stand on lines of their own, as aria2 wants them. */
const CONTINUATION = /^\s+[a-zA-Z][\w-]*=/;

/** A `#` within a word is one of a URL. */
const COMMENT = /(?:^|\s)#.*$/;

/**
 * Reads a list of files.
 *
 * @param path `-` for standard input.
 * @throws UsageError naming the list and the line.
 */
export async function readList(path: string): Promise<Entry[]> {
	const name = path === '-' ? 'standard input' : path;
	const entries = linesOf(await read(path)).map(({ line, number }) => parseEntry(line, `${name}, line ${number}`));
	if (entries.length === 0) throw new UsageError(`The list ${name} names no file: it should have one URL a line.`);
	return entries;
}

async function read(path: string): Promise<string> {
	if (path === '-') return await text(process.stdin);
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw new UsageError(`The list ${path} cannot be read: ${fileProblem(error)}.`);
	}
}

interface Line {
	readonly line: string;
	/** From 1. */
	readonly number: number;
}

/** The lines that say something, each with those that belong to it. */
function linesOf(list: string): Line[] {
	const lines: Line[] = [];
	for (const [index, whole] of list
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.entries()) {
		const line = whole.replace(COMMENT, '');
		if (line.trim() === '') continue;
		const before = CONTINUATION.test(line) ? lines.pop() : undefined;
		lines.push(before === undefined ? { line, number: index + 1 } : { ...before, line: `${before.line} ${line}` });
	}
	return lines;
}

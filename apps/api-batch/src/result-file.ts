import { randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './arguments.ts';
import { NoResultsError, type RunHeader, readEarlierResults } from './earlier-results.ts';
import { lockFile } from './file-lock.ts';
import { fileProblem } from './file-problem.ts';
import { IdTable } from './id-table.ts';

/** What a file of results belongs to. */
export type RunOrigin = Omit<RunHeader, 'run'>;

/** The file of results: a header, then one line for each result, each written at once and whole. */
export class ResultFile implements Disposable {
	readonly path: string;
	readonly runId: string;
	/** What became of the ids in earlier runs. */
	readonly ids: IdTable;
	readonly #descriptor: number;
	readonly #unlock: () => void;

	private constructor(path: string, runId: string, ids: IdTable, descriptor: number, unlock: () => void) {
		this.path = path;
		this.runId = runId;
		this.ids = ids;
		this.#descriptor = descriptor;
		this.#unlock = unlock;
	}

	/**
	 * Opens a new file, in a new folder if need be, or one of an earlier run, from whose end a line is cut off that a kill
	 * tore. One that holds no result yet is taken over, whatever run it was for.
	 *
	 * @throws UsageError when it is in use, belongs to another run or is something else; then it is left as it is.
	 */
	static async open(path: string, origin: RunOrigin): Promise<ResultFile> {
		const unlock = lock(path);
		try {
			const { header, ids, endsAt } = await readEarlier(path, origin);
			const runId = header?.run ?? randomUUID();
			const descriptor = openForAppending(path);
			truncateSync(path, endsAt);
			const file = new ResultFile(path, runId, ids, descriptor, unlock);
			if (header === undefined) file.append(JSON.stringify({ run: runId, ...origin }));
			return file;
		} catch (error) {
			unlock();
			throw error;
		}
	}

	/**
	 * Adds a line. It is with the operating system when this returns, so that a kill does not take it back.
	 *
	 * @throws Error when the disk is full, in one sentence; a part of the line may then be there.
	 */
	append(json: string): void {
		try {
			appendFileSync(this.#descriptor, `${json}\n`);
		} catch (error) {
			throw new Error(`The results cannot be written to "${this.path}": ${fileProblem(error)}.`, { cause: error });
		}
	}

	[Symbol.dispose](): void {
		closeSync(this.#descriptor);
		this.#unlock();
	}
}

async function readEarlier(path: string, { input, baseUrl }: RunOrigin): ReturnType<typeof readEarlierResults> {
	const facts = statSync(path, { throwIfNoEntry: false });
	if (facts === undefined) return { header: undefined, ids: new IdTable(), endsAt: 0 };
	// A device or a pipe could be read without end.
	if (!facts.isFile()) throw unusable(path, new Error('it is not a file'));
	const earlier = await readEarlierResults(path).catch((error: unknown) => {
		if (!(error instanceof NoResultsError)) throw unusable(path, error);
		throw new UsageError(`"${path}" holds no results of api-batch: ${error.message} Give another --output.`);
	});
	const { header } = earlier;
	if (header !== undefined && (header.input !== input || header.baseUrl !== baseUrl)) {
		// Nothing is lost with it, and a mistyped base URL must not stand in the way of the right one.
		if (earlier.ids.size === 0) return { ...earlier, header: undefined, endsAt: 0 };
		throw new UsageError(
			`"${path}" holds the results of ${header.input} against ${header.baseUrl}; for ${input} against ${baseUrl} remove it or give another --output.`,
		);
	}
	return earlier;
}

function openForAppending(path: string): number {
	try {
		return openSync(path, 'a');
	} catch (error) {
		throw unusable(path, error);
	}
}

function lock(path: string): () => void {
	let unlock: (() => void) | undefined;
	try {
		makeFolder(dirname(resolve(path)));
		unlock = lockFile(path);
	} catch (error) {
		throw unusable(path, error);
	}
	if (unlock !== undefined) return unlock;
	throw new UsageError(`Another run is writing to "${path}": wait until it ends, or give another --output.`);
}

/** `mkdirSync` with `recursive` tries for ever where a folder is there and takes no other, as in /proc (Node 24). */
function makeFolder(path: string): void {
	if (existsSync(path)) return;
	makeFolder(dirname(path));
	try {
		mkdirSync(path);
	} catch (error) {
		// Another run may have made it meanwhile.
		if (!existsSync(path)) throw error;
	}
}

function unusable(path: string, error: unknown): UsageError {
	return new UsageError(`The results cannot be kept in "${path}": ${fileProblem(error)}. Give another --output.`);
}

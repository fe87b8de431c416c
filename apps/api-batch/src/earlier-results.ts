import { createReadStream } from 'node:fs';
import { FAILED, IdTable, SUCCEEDED } from './id-table.ts';
import { type Line, readLines } from './read-lines.ts';
import { idKey } from './request-identity.ts';

/** The first line of a file of results: which run it belongs to. */
export interface RunHeader {
	/** Random; the idempotency keys are made of it. */
	readonly run: string;
	/** The name of the input, without its folder. */
	readonly input: string;
	readonly baseUrl: string;
}

/** What an interrupted run left behind. */
export interface EarlierResults {
	/** Undefined when it did not even get to write that. */
	readonly header: RunHeader | undefined;
	readonly ids: IdTable;
	/** Where the whole lines end: the rest was being written when the process was killed. */
	readonly endsAt: number;
}

/** A file that is no file of results; `message` is one sentence without the name. */
export class NoResultsError extends Error {}

/** A result is no longer than its answer and its request. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** How the header begins, to know a torn one from the beginning of somebody's diary. */
const HEADER_START = '{"run":"';

/** The key of a line that no request came of: it may have no id, or that of another. */
export function lineKey(line: number): string {
	return `#${line}`;
}

/**
 * Reads the results of earlier runs.
 *
 * @throws NoResultsError when they are none.
 */
export async function readEarlierResults(path: string): Promise<EarlierResults> {
	const ids = new IdTable();
	let header: RunHeader | undefined;
	let endsAt = 0;
	for await (const line of readLines(createReadStream(path, { highWaterMark: 1 << 18 }), MAX_LINE_BYTES)) {
		if (!line.isWhole) {
			if (header === undefined && !isTornHeader(line)) throw new NoResultsError('its first line is no run header.');
			break;
		}
		if (header === undefined) header = headerOf(line);
		else mark(ids, line);
		endsAt = line.endsAt;
	}
	return { header, ids, endsAt };
}

function headerOf({ bytes }: Line): RunHeader {
	const value = parse(bytes) as Partial<RunHeader> | undefined;
	const { run, input, baseUrl } = value ?? {};
	if (typeof run === 'string' && typeof input === 'string' && typeof baseUrl === 'string')
		return { run, input, baseUrl };
	throw new NoResultsError('its first line is no run header.');
}

function isTornHeader({ bytes }: Line): boolean {
	const text = bytes?.toString() ?? '';
	return text.startsWith(HEADER_START) || HEADER_START.startsWith(text);
}

interface RecordedResult {
	readonly id?: string | number;
	/** Of a request without an id of its own. */
	readonly key?: string;
	readonly line?: number;
	readonly ok?: boolean;
	readonly error?: { readonly code?: string };
}

function mark(ids: IdTable, { bytes, number }: Line): void {
	const { id, key, line, ok, error } = (parse(bytes) ?? {}) as RecordedResult;
	if (id === undefined || line === undefined || typeof ok !== 'boolean') {
		throw new NoResultsError(`its line ${number} is no result.`);
	}
	const hasRequest = error?.code !== 'BAD_LINE' && error?.code !== 'DUPLICATE_ID';
	ids.add(hasRequest ? (key ?? idKey(id)) : lineKey(line), ok ? SUCCEEDED : FAILED);
}

function parse(bytes: Buffer | undefined): object | undefined {
	try {
		const value: unknown = JSON.parse(bytes?.toString() ?? '');
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

import type { CleanEntry } from '../protocol/clean-entry.ts';
import { LOG_LEVELS } from '../protocol/log-entry.ts';

/** An entry as the history holds it: what filters look at, and its JSON, written once for all watchers. */
export interface StoredEntry {
	readonly id: number;
	/** Index into `LOG_LEVELS`. */
	readonly rank: number;
	readonly source: string;
	readonly domain: string | undefined;
	readonly text: string;
	/** JSON of its fields; empty without any. */
	readonly fieldsText: string;
	/** JSON of the whole `LogEntry`. */
	readonly json: string;
	/** About what it takes of the memory. */
	readonly bytes: number;
}

/** What the object itself and its place in the history take. */
const OVERHEAD_BYTES = 200;

export function storedEntry(id: number, entry: CleanEntry, source: string): StoredEntry {
	const { time, level, domain, text, fields } = entry;
	const head = JSON.stringify({ id, time, level, source, domain, text });
	const fieldsText = fields === undefined ? '' : JSON.stringify(fields);
	const json = fieldsText === '' ? head : `${head.slice(0, -1)},"fields":${fieldsText}}`;
	const characters = json.length + text.length + fieldsText.length;
	// V8 keeps a text in one byte a character if it can, else in two.
	const bytes = OVERHEAD_BYTES + characters * (Buffer.byteLength(json) === json.length ? 1 : 2);
	return { id, rank: LOG_LEVELS.indexOf(level), source, domain, text, fieldsText, json, bytes };
}

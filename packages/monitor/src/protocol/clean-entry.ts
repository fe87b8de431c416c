import { LOG_LEVELS, type LogFields, type LogInput, type LogLevel, MOST_TEXT } from './log-entry.ts';
import { isRecord } from './record.ts';

/** A log line with its defaults filled in and everything bounded. */
export interface CleanEntry {
	readonly time: number;
	readonly level: LogLevel;
	readonly source: string | undefined;
	readonly domain: string | undefined;
	readonly text: string;
	readonly fields: LogFields | undefined;
}

const MOST_NAME = 200;
const MOST_FIELDS = 50;
const MOST_FIELD_TEXT = 4_096;

/**
 * Whatever somebody logs becomes an entry: a log must not fail over a strange value.
 *
 * @returns undefined when it has no text.
 */
export function cleanEntry(input: LogInput, now: number): CleanEntry | undefined {
	if (!isRecord(input)) return undefined;
	const { time, level, source, domain, text, fields }: Partial<Record<keyof LogInput, unknown>> = input;
	if (typeof text !== 'string') return undefined;
	return {
		time: typeof time === 'number' && Number.isFinite(time) ? Math.round(time) : now,
		level: isLevel(level) ? level : 'info',
		source: typeof source === 'string' && source !== '' ? bounded(source, MOST_NAME) : undefined,
		domain: typeof domain === 'string' && domain !== '' ? bounded(domain, MOST_NAME).toLowerCase() : undefined,
		text: bounded(text, MOST_TEXT),
		fields: isRecord(fields) ? cleanFields(fields) : undefined,
	};
}

export function isLevel(value: unknown): value is LogLevel {
	return LOG_LEVELS.some((level) => level === value);
}

/** One level deep, with at most 50 fields of at most 4,096 characters. */
function cleanFields(fields: Record<string, unknown>): LogFields | undefined {
	const clean: Record<string, string | number | boolean | null> = {};
	let count = 0;
	for (const [name, value] of Object.entries(fields)) {
		if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
		if (count++ === MOST_FIELDS) break;
		clean[bounded(name, MOST_NAME)] = plain(value);
	}
	return count === 0 ? undefined : clean;
}

function plain(value: unknown): string | number | boolean | null {
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
	if (typeof value === 'string') return bounded(value, MOST_FIELD_TEXT);
	return bounded(value instanceof Error ? value.message : (jsonOf(value) ?? ''), MOST_FIELD_TEXT);
}

function jsonOf(value: unknown): string | undefined {
	try {
		return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
	} catch (error) {
		return `(${error instanceof Error ? error.message : 'unreadable'})`; // such as a circular object
	}
}

/** Cuts a text, and copies what is left: a slice would keep the whole text in memory. */
function bounded(text: string, most: number): string {
	if (text.length <= most) return text;
	return Buffer.from(`${text.slice(0, most - 1).toWellFormed()}…`).toString();
}

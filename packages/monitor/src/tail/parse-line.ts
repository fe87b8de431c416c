import { stripVTControlCharacters } from 'node:util';
import type { LogFields, LogInput } from '../protocol/log-entry.ts';
import { isRecord } from '../protocol/record.ts';
import { guessLevel, levelOf } from './guess-level.ts';

/** What a line of a log file says: a `LogInput`, but for the source. The level is absent when nothing tells one. */
export type ParsedLine = Omit<LogInput, 'source'>;

const TEXTS = ['msg', 'message', 'text', 'event'] as const;
const LEVELS = ['level', 'lvl', 'severity', 'levelname'] as const;
const TIMES = ['time', 'timestamp', 'ts', '@timestamp'] as const;

/** `2026-11-25T09:30:00.123Z`, with a blank for the T or a comma for the point; local time without a zone. */
const LEADING_TIME = /^\[?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/;

/** Reads a line: JSON of an object with a text, as pino, bunyan, winston and others write it, or any text. */
export function parseLine(line: string): ParsedLine {
	const clean = line.includes('\u001b') ? stripVTControlCharacters(line) : line;
	return (clean.startsWith('{') ? parseJsonLine(clean) : undefined) ?? parseTextLine(clean);
}

function parseTextLine(text: string): ParsedLine {
	const level = guessLevel(text);
	const time = leadingTime(text);
	return { text, ...(level === undefined ? {} : { level }), ...(time === undefined ? {} : { time }) };
}

function parseJsonLine(line: string): ParsedLine | undefined {
	const record = jsonRecord(line);
	if (record === undefined) return undefined;
	const textName = TEXTS.find((name) => typeof record[name] === 'string');
	if (textName === undefined) return undefined;
	const levelName = LEVELS.find((name) => levelOf(record[name]) !== undefined);
	const timeName = TIMES.find((name) => timeOf(record[name]) !== undefined);
	const level = levelName === undefined ? undefined : levelOf(record[levelName]);
	const time = timeName === undefined ? undefined : timeOf(record[timeName]);
	const { domain } = record;
	const used = new Set<string | undefined>([textName, levelName, timeName, typeof domain === 'string' ? 'domain' : '']);
	const rest = Object.entries(record).filter(([name]) => !used.has(name));
	return {
		text: String(record[textName]),
		...(level === undefined ? {} : { level }),
		...(time === undefined ? {} : { time }),
		...(typeof domain === 'string' ? { domain } : {}),
		// Deeper values are made plain when the entry is taken.
		...(rest.length === 0 ? {} : { fields: Object.fromEntries(rest) as LogFields }),
	};
}

function jsonRecord(line: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Milliseconds or seconds since 1970, or a text that is a date. */
function timeOf(value: unknown): number | undefined {
	if (typeof value === 'number' && value > 0) return value < 1e11 ? value * 1_000 : value;
	if (typeof value !== 'string') return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : time;
}

function leadingTime(text: string): number | undefined {
	const match = LEADING_TIME.exec(text);
	if (match === null) return undefined;
	const [, date, time, fraction = '0', zone = ''] = match;
	return timeOf(`${date}T${time}.${fraction.slice(0, 3)}${zone}`);
}

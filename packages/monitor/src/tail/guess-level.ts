import type { LogLevel } from '../protocol/log-entry.ts';

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
	...['trace', 'debug', 'dbg', 'verbose', 'fine', 'finer', 'finest', 'silly'].map((name) => [name, 'debug'] as const),
	...['info', 'inf', 'information', 'notice', 'log', 'config'].map((name) => [name, 'info'] as const),
	...['warn', 'warning', 'wrn'].map((name) => [name, 'warning'] as const),
	...['error', 'err', 'severe', 'fatal', 'crit', 'critical', 'alert', 'emerg', 'emergency', 'panic', 'fail'].map(
		(name) => [name, 'error'] as const,
	),
]);

/** The level that a word, or a number of pino and bunyan (10 to 60), means; undefined for anything else. */
export function levelOf(value: unknown): LogLevel | undefined {
	if (typeof value === 'string') return LEVELS.get(value.toLowerCase());
	if (typeof value !== 'number') return undefined;
	if (value >= 50) return 'error';
	if (value >= 40) return 'warning';
	return value >= 30 ? 'info' : 'debug';
}

/** The level of a syslog priority, `<13>` (RFC 5424 §6.2.1): its last three bits are the severity. */
function levelOfPriority(priority: number): LogLevel {
	const severity = priority % 8;
	if (severity <= 3) return 'error';
	if (severity === 4) return 'warning';
	return severity === 7 ? 'debug' : 'info';
}

const PRIORITY = /^<(\d{1,3})>/;

/** `level=warn`, `"level":"warn"`. */
const NAMED = /\b(?:level|lvl|severity)["']?\s*[=:]\s*["']?([A-Za-z]{3,11})\b/;

/** `[warn]`, `(warn)`, `<warn>`, and nginx's `[error]`. */
const BRACKETED = /[[(<](?:\w+:)?([A-Za-z]{3,11})[\])>]/;

/** `warn: …` at the beginning. */
const LEADING = /^([A-Za-z]{3,11}):/;

/** `WARN` among the first words: small letters may be part of what is said. */
const UPPER_CASE = /\b([A-Z]{3,11})\b/g;

/** The combined format of web servers: `"GET / HTTP/1.1" 404 153`. */
const ACCESS = /" (\d{3}) (?:\d+|-)(?: |$)/;

/** Levels stand at the beginning of a line. */
const LOOKED_AT = 120;

/** Guesses the level of a line of text; undefined when nothing in it tells one. */
export function guessLevel(line: string): LogLevel | undefined {
	const priority = PRIORITY.exec(line)?.[1];
	if (priority !== undefined) return levelOfPriority(Number(priority));
	const status = Number(ACCESS.exec(line)?.[1]);
	if (status >= 100) return status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info';
	const start = line.slice(0, LOOKED_AT);
	for (const pattern of [NAMED, BRACKETED, LEADING]) {
		const level = levelOf(pattern.exec(start)?.[1]);
		if (level !== undefined) return level;
	}
	for (const [, word] of start.matchAll(UPPER_CASE)) {
		const level = levelOf(word);
		if (level !== undefined) return level;
	}
	return undefined;
}

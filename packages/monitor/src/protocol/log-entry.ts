/** From the least to the most important. A watcher's `level` lets its own and all after it through. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longer texts are cut, so that the history and every message stay bounded. */
export const MOST_TEXT = 16_384;

/** What else is known of a line, one level deep. The page links `url` to the history of that URL. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A log line as publishers give it. */
export interface LogInput {
	/** Milliseconds since 1970. Default: now. */
	readonly time?: number;
	/** Default `info`. */
	readonly level?: LogLevel;
	/** Who says it. Default: `monitor`. A publisher of another process is always shown under its own name. */
	readonly source?: string;
	/** The domain that the line is about, in lower case, such as `shop.example`. */
	readonly domain?: string;
	/** What is said. Cut at {@link MOST_TEXT} characters. */
	readonly text: string;
	readonly fields?: LogFields;
}

/** A log line as watchers get it. */
export interface LogEntry {
	/** Rises by one with each entry of a hub, from 1. */
	readonly id: number;
	/** Milliseconds since 1970. */
	readonly time: number;
	readonly level: LogLevel;
	readonly source: string;
	readonly domain?: string;
	readonly text: string;
	readonly fields?: LogFields;
}

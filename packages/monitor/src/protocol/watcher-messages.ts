// How a watcher speaks with the hub, over ws://host:port/watch in JSON text frames:
//
//   watcher                                   hub
//                                        ◀──  hello       once, at once
//                                        ◀──  numbers     of each source that has any, and then whenever they change
//   subscribe {after?, hub?, filters}    ──▶
//                                        ◀──  missed      only if lines after `after` are no longer held
//                                        ◀──  entries…    what the buffer holds, then what comes
//   subscribe {other filters}            ──▶              replaces the first
//   command {id, source, command}        ──▶
//                                        ◀──  result {id}
//                                        ◀──  sources     whenever a source comes, goes or changes
//
// To come back without a gap and without a repetition, a watcher keeps the hub's id of `hello` and the `last` of its latest
// `entries`, and sends both as `hub` and `after`. A hub that was started anew has another id and begins with all it holds.
import type { CommandName, CommandOutcome } from './command.ts';
import type { LogEntry, LogLevel } from './log-entry.ts';
import type { CrawlNumbers } from './numbers.ts';

/** Which lines a watcher wants: those that pass all of its filters. What is absent lets everything through. */
export interface LogFilter {
	/** This level and the more important ones. */
	readonly level?: LogLevel;
	/** Only these sources, by name. */
	readonly sources?: readonly string[];
	/** Only this domain and its subdomains. */
	readonly domain?: string;
	/** Only lines that hold this text, in their text or fields; capital and small letters are alike. */
	readonly text?: string;
	/**
	 * Only lines, or JSON of fields, that match this regular expression in RE2's syntax (no backreferences, no
	 * lookaround), so that no expression can hold up the hub. Capital and small letters differ unless it begins with
	 * `(?i)`. At most 500 characters; the first 1,024 characters of a line, and of its fields, are looked at.
	 */
	readonly regex?: string;
}

/** Asks for lines. Replaces the subscription before. */
export interface Subscribe extends LogFilter {
	readonly type: 'subscribe';
	/**
	 * Only lines with a higher id. 0 for all that the buffer holds. Absent: the newest 1,000 that are held, without
	 * looking at the filters.
	 */
	readonly after?: number;
	/** The hub that `after` comes from. If this is another one, all that the buffer holds is sent. */
	readonly hub?: string;
}

/** Asks a source to do something. The answer is a `result` with the same id. */
export interface WatcherCommand {
	readonly type: 'command';
	/** Chosen by the watcher. */
	readonly id: number;
	/** The name of the source. */
	readonly source: string;
	readonly command: CommandName;
	/** For `history`. */
	readonly url?: string;
}

export type MessageFromWatcher = Subscribe | WatcherCommand;

/** A crawl, a process or a file that logs. */
export interface SourceInfo {
	/** Unlike any other source's name. */
	readonly name: string;
	/** `crawl`, `file`, or what else the publisher calls itself. */
	readonly kind: string;
	/** Its process; absent for files. */
	readonly pid?: number;
	/** What it can be asked to do. */
	readonly commands: readonly CommandName[];
	/** False once its publisher has gone. */
	readonly connected: boolean;
}

/** The first message of the hub. */
export interface WatcherHello {
	readonly type: 'hello';
	readonly version: number;
	/** Another one after each start of a hub: ids of entries hold for one hub only. */
	readonly hub: string;
	/** The ids of the oldest and the newest entry that are held; both 0 when there is none. */
	readonly oldest: number;
	readonly newest: number;
	/** The hub's clock, in milliseconds since 1970. */
	readonly time: number;
	/**
	 * At least this often a subscribed watcher is sent something, in milliseconds (an empty `entries` if nothing else), as
	 * browsers do not see pings: a much longer silence is a dead connection.
	 */
	readonly heartbeatMs: number;
	readonly sources: readonly SourceInfo[];
}

/** All sources, again. */
export interface Sources {
	readonly type: 'sources';
	readonly sources: readonly SourceInfo[];
}

/** Lines in the order of their ids. */
export interface Entries {
	readonly type: 'entries';
	readonly entries: readonly LogEntry[];
	/** Everything up to this id was sent or did not pass the filters: the `after` for the next connection. */
	readonly last: number;
	/** True when nothing newer was held as this was sent: the history is over. `entries` may be empty then. */
	readonly live: boolean;
}

/** Lines are lost to this watcher: the buffer had to let them go before the watcher took them. */
export interface Missed {
	readonly type: 'missed';
	/** How many, whether or not they would have passed the filters. */
	readonly count: number;
	/** Their first and last ids. */
	readonly from: number;
	readonly to: number;
}

/** The latest numbers of a source. A watcher that is slow gets only the latest. */
export interface SourceNumbers {
	readonly type: 'numbers';
	readonly source: string;
	readonly numbers: CrawlNumbers;
}

/**
 * What became of a command; or, with the `id` null, why a subscription is refused: the one before goes on, or ends if its
 * regular expression takes too long.
 */
export type Result = CommandOutcome & {
	readonly type: 'result';
	readonly id: number | null;
};

export type MessageToWatcher = WatcherHello | Sources | Entries | Missed | SourceNumbers | Result;

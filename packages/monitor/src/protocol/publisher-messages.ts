// How a publisher (a crawl of another process) speaks with the hub, over ws://host:port/publish in JSON text frames:
//
//   publisher                                 hub
//   hello {source, kind, pid, …}         ──▶             first, within ten seconds
//                                        ◀──  welcome    with the name that it was given and the last `seq` received
//   logs {seq, entries}                  ──▶
//                                        ◀──  ack {seq}
//   numbers                              ──▶             about once a second
//                                        ◀──  command {id, command}
//   result {id}                          ──▶
//
// A publisher keeps what was not acknowledged, in a bounded queue. When it comes back, with the same `instance`, it goes
// on after the `seq` of `welcome`: no line is lost to a cut and none is taken twice.
import type { Command, CommandName, CommandOutcome } from './command.ts';
import type { LogInput } from './log-entry.ts';
import type { CrawlNumbers } from './numbers.ts';

/** The first message of a publisher. */
export interface PublisherHello {
	readonly type: 'hello';
	readonly version: number;
	/** A name to be shown, at most 200 characters. */
	readonly source: string;
	/** `crawl`, or what else it is. */
	readonly kind: string;
	readonly pid: number;
	/** Random, the same for all connections of one publisher. */
	readonly instance: string;
	/** The highest `seq` that any hub has acknowledged; 0 for none. A hub that was started anew expects what follows. */
	readonly acked: number;
	/** What it can be asked to do. */
	readonly commands: readonly CommandName[];
}

/** Lines, in order. */
export interface Logs {
	readonly type: 'logs';
	/** The number of the last of the entries: a publisher numbers its lines from 1. A gap is lines that it had to drop. */
	readonly seq: number;
	readonly entries: readonly LogInput[];
}

/** The publisher's latest numbers. */
export interface PublishedNumbers {
	readonly type: 'numbers';
	readonly numbers: CrawlNumbers;
}

/** What became of a command. */
export type PublisherResult = CommandOutcome & {
	readonly type: 'result';
	readonly id: number;
};

export type MessageFromPublisher = PublisherHello | Logs | PublishedNumbers | PublisherResult;

/** The hub knows the publisher. */
export interface Welcome {
	readonly type: 'welcome';
	readonly version: number;
	/** The hub's id; another one after each start. */
	readonly hub: string;
	/** The name that it is shown under: with `-2` and so on at its end if the wanted one was taken. */
	readonly source: string;
	/** The last `seq` that this hub has received from this instance; else the `acked` of hello. */
	readonly seq: number;
	/** The hub pings this often, in milliseconds: a much longer silence is a dead connection. */
	readonly heartbeatMs: number;
}

/** Lines up to this one have arrived. */
export interface Ack {
	readonly type: 'ack';
	readonly seq: number;
}

/** A command of a watcher. The answer is a `result` with the same id. */
export type PublisherCommand = Command & {
	readonly type: 'command';
	readonly id: number;
};

export type MessageToPublisher = Welcome | Ack | PublisherCommand;

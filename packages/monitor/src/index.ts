export { MonitorError, type MonitorErrorCode } from './errors.ts';
export type { Monitor } from './monitor.ts';
export type { MonitorOptions } from './monitor-options.ts';
export type { Command, CommandName, CommandOutcome, PageEvent, PageHistory } from './protocol/command.ts';
export { COMMANDS } from './protocol/command.ts';
export { LOG_LEVELS, type LogEntry, type LogFields, type LogInput, type LogLevel } from './protocol/log-entry.ts';
export {
	CRAWL_STATUSES,
	type CrawlNumbers,
	type CrawlStatus,
	type DomainNumbers,
	type FailureNumbers,
	type Histogram,
	LATENCY_BOUNDS_MS,
	MOST_DOMAINS,
	MOST_FAILURES,
	SIZE_BOUNDS_BYTES,
} from './protocol/numbers.ts';
export type {
	Ack,
	Logs,
	MessageFromPublisher,
	MessageToPublisher,
	PublishedNumbers,
	PublisherCommand,
	PublisherHello,
	PublisherResult,
	Welcome,
} from './protocol/publisher-messages.ts';
export { PROTOCOL_VERSION, PUBLISH_PATH, WATCH_PATH } from './protocol/version.ts';
export type {
	Entries,
	LogFilter,
	MessageFromWatcher,
	MessageToWatcher,
	Missed,
	Result,
	SourceInfo,
	SourceNumbers,
	Sources,
	Subscribe,
	WatcherCommand,
	WatcherHello,
} from './protocol/watcher-messages.ts';
export { connectPublisher } from './publisher/connect-publisher.ts';
export type { Publisher } from './publisher/publisher.ts';
export type { PublisherOptions } from './publisher/publisher-options.ts';
export type { CommandHandler } from './sources/source-table.ts';
export { startMonitor } from './start-monitor.ts';

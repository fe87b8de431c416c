import { LOG_LEVELS, type LogLevel } from '../protocol/log-entry.ts';
import type { Exposition } from './exposition.ts';

/** What the hub counts of itself. */
export interface HubNumbers {
	readonly entriesByLevel: Readonly<Record<LogLevel, number>>;
	readonly missed: number;
	readonly heldEntries: number;
	readonly heldBytes: number;
	readonly watchers: number;
	readonly publishers: number;
	readonly sources: number;
}

export function addHubMetrics(exposition: Exposition, hub: HubNumbers): void {
	exposition.add(
		'counter',
		'orbweaver_monitor_entries_total',
		'Log entries by level.',
		LOG_LEVELS.map((level) => ({ labels: { level }, value: hub.entriesByLevel[level] })),
	);
	const one = (value: number) => [{ labels: {}, value }];
	exposition.add('counter', 'orbweaver_monitor_missed_total', 'Entries that slow watchers missed.', one(hub.missed));
	exposition.add('gauge', 'orbweaver_monitor_held_entries', 'Entries of the history.', one(hub.heldEntries));
	exposition.add('gauge', 'orbweaver_monitor_held_bytes', 'Memory of the history.', one(hub.heldBytes));
	exposition.add('gauge', 'orbweaver_monitor_watchers', 'Connected watchers.', one(hub.watchers));
	exposition.add('gauge', 'orbweaver_monitor_publishers', 'Connected publishers.', one(hub.publishers));
	exposition.add('gauge', 'orbweaver_monitor_sources', 'Sources that log now.', one(hub.sources));
	exposition.add('gauge', 'process_resident_memory_bytes', 'Memory of the process.', one(process.memoryUsage.rss()));
}

import type { RequestHistory } from '../store/request-history.ts';
import type { CrawlNumbers } from './crawl-numbers.ts';

/** A log line for a monitor. */
export interface MonitoredLine {
	readonly level: 'debug' | 'info' | 'warning' | 'error';
	readonly source: string;
	readonly domain?: string;
	readonly text: string;
	readonly fields?: Readonly<Record<string, string | number>>;
}

/** What a monitor may ask of a crawl. */
export type MonitorCommand =
	| { readonly command: 'pause' | 'resume' | 'stop' }
	| { readonly command: 'history'; readonly url: string };

/** One thing that happened to a URL. */
export interface MonitoredEvent {
	readonly time: number;
	readonly event: string;
	readonly text?: string;
	readonly httpStatus?: number;
}

/** What is known of a URL, the oldest event first. */
export interface MonitoredHistory {
	readonly url: string;
	readonly state: string | null;
	readonly foundOn: string | null;
	readonly events: readonly MonitoredEvent[];
}

export type MonitorAnswer =
	| { readonly ok: true; readonly history?: MonitoredHistory }
	| { readonly ok: false; readonly error: string };

/** Where a crawl shows itself: what `startMonitor` of `@orbweaver/monitor` gives, or anything with these methods. */
export interface CrawlMonitor {
	/** What to open in a browser; said in the log when the crawl starts. */
	readonly pageUrl?: string;
	publish(line: MonitoredLine): void;
	numbers(source: string, numbers: CrawlNumbers): void;
	/** Lets the monitor ask the crawl; the answer ends that. */
	onCommand(source: string, handler: (command: MonitorCommand) => Promise<MonitorAnswer>): () => void;
}

/** A history as a monitor shows it. */
export function monitoredHistory(url: string, known: RequestHistory | undefined): MonitoredHistory {
	if (known === undefined) return { url, state: null, foundOn: null, events: [] };
	const { status, addedAt, finishedAt, failedAttempts, foundOn, error, httpStatus, loadedUrl } = known;
	const events: MonitoredEvent[] = [{ time: addedAt, event: 'added' }];
	for (const attempt of failedAttempts) events.push(event(attempt.at, 'retried', attempt.error, attempt.httpStatus));
	if (finishedAt !== undefined) events.push(event(finishedAt, status, error ?? loadedUrl, httpStatus));
	return { url: known.url, state: status, foundOn: foundOn[0] ?? null, events };
}

function event(time: number, name: string, text: string | undefined, httpStatus: number | undefined): MonitoredEvent {
	return {
		time,
		event: name,
		...(text === undefined ? {} : { text }),
		...(httpStatus === undefined ? {} : { httpStatus }),
	};
}

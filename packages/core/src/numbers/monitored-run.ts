import type { Log } from '../crawlee.ts';
import type { LaneLook } from '../lanes/lane-look.ts';
import type { StoreCounts } from '../store/crawl-store.ts';
import type { RequestHistory } from '../store/request-history.ts';
import { type CrawlMonitor, type MonitorAnswer, type MonitorCommand, monitoredHistory } from './crawl-monitor.ts';
import type { CrawlNumbers, CrawlStatus } from './crawl-numbers.ts';
import { type Answered, PageNumbers } from './page-numbers.ts';
import type { PageWatch } from './page-watch.ts';

const EVERY_MS = 1_000;

/** What a run lends to those who watch it. */
export interface MonitoredParts {
	readonly source: string;
	readonly log: Log;
	counts(): StoreCounts;
	lanes(): Iterable<LaneLook>;
	history(url: string): Promise<RequestHistory | undefined>;
	pause(): void;
	resume(): void;
	stop(): void;
}

/** Crawlee's numbers of levels, as the monitor names them. */
const LEVELS = ['error', 'error', 'warning', 'warning', 'info', 'debug', 'debug'] as const;

/** Shows one run to a monitor: its log, its numbers once a second, and does what the monitor asks. */
export class MonitoredRun implements PageWatch {
	readonly #monitor: CrawlMonitor;
	readonly #parts: MonitoredParts;
	readonly #pages = new PageNumbers();
	readonly #startedAt = Date.now();
	readonly #timer: NodeJS.Timeout;
	readonly #endCommands: () => void;
	readonly #giveLogBack: () => void;
	#status: CrawlStatus = 'running';

	constructor(monitor: CrawlMonitor, parts: MonitoredParts) {
		this.#monitor = monitor;
		this.#parts = parts;
		// Before the monitor has the log: the address may hold a token.
		if (monitor.pageUrl !== undefined) parts.log.info(`Watch the crawl at ${monitor.pageUrl}`);
		this.#giveLogBack = this.#takeLog();
		this.#endCommands = monitor.onCommand(parts.source, (command) => this.#obey(command));
		this.#timer = setInterval(() => this.#tell(), EVERY_MS).unref();
		this.#tell();
	}

	answered(answered: Answered): void {
		const { domain, url, status, headersMs, bytes } = answered;
		this.#pages.answered(answered);
		const { source } = this.#parts;
		const ms = Math.round(headersMs);
		this.#monitor.publish({ level: 'debug', source, domain, text: `answered ${status}`, fields: { url, ms, bytes } });
	}

	finished(): void {
		this.#pages.finished();
	}

	retried(): void {
		this.#pages.retried();
	}

	/** Called after the failure was stored, which knows where the request was found. */
	async failed(url: string, reason: string, httpStatus: number | undefined): Promise<void> {
		const known = await this.#parts.history(url).catch(() => undefined);
		this.#pages.failed(url, reason, httpStatus, known?.foundOn[0] ?? null);
	}

	/** The run is over: a last look, then the monitor is left alone. */
	end(): void {
		clearInterval(this.#timer);
		this.#status = 'finished';
		this.#tell();
		this.#endCommands();
		this.#giveLogBack();
	}

	#tell(): void {
		const { source } = this.#parts;
		const counts = this.#parts.counts();
		const lanes = [...this.#parts.lanes()];
		const pages = this.#pages.look(lanes);
		const { waiting, delayed, leased } = counts;
		const left = waiting + delayed + leased;
		// What waits in a lane is leased already, but waits all the same.
		const inLanes = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
		const canSay = this.#status === 'running' && pages.pagesPerSecond > 0;
		const etaMs = left === 0 ? 0 : canSay ? Math.round((left / pages.pagesPerSecond) * 1_000) : null;
		const numbers: CrawlNumbers = {
			...counts,
			...pages,
			waiting: waiting + inLanes,
			leased: Math.max(0, leased - inLanes),
			time: Date.now(),
			startedAt: this.#startedAt,
			status: this.#status,
			etaMs,
		};
		this.#monitor.numbers(source, numbers);
	}

	async #obey(asked: MonitorCommand): Promise<MonitorAnswer> {
		const { command } = asked;
		switch (command) {
			case 'history':
				return { ok: true, history: monitoredHistory(asked.url, await this.#parts.history(asked.url)) };
			case 'pause':
				this.#parts.pause();
				this.#status = 'paused';
				break;
			case 'resume':
				this.#parts.resume();
				this.#status = 'running';
				break;
			case 'stop':
				this.#parts.stop();
				this.#status = 'stopping';
		}
		this.#tell();
		return { ok: true };
	}

	/** What the crawl logs goes to the monitor too. */
	#takeLog(): () => void {
		const { log, source } = this.#parts;
		const inner = log.internal;
		log.internal = (level, message, ...rest) => {
			inner.call(log, level, message, ...rest);
			if (level > log.getLevel()) return;
			const url = /https?:\/\/[^\s"'<>]+/.exec(message)?.[0]?.replace(/[.,:;)]+$/, '');
			const domain = url === undefined ? undefined : URL.parse(url)?.host;
			this.#monitor.publish({
				level: LEVELS[level] ?? 'info',
				source,
				text: message,
				...(domain === undefined ? {} : { domain }),
				...(url === undefined ? {} : { fields: { url } }),
			});
		};
		return () => {
			log.internal = inner;
		};
	}
}

import { randomBytes } from 'node:crypto';
import { runCommand } from './commands/run-command.ts';
import { EntryRing } from './history/entry-ring.ts';
import { storedEntry } from './history/stored-entry.ts';
import { addCrawlMetrics } from './metrics/crawl-metrics.ts';
import { Exposition } from './metrics/exposition.ts';
import { addHubMetrics } from './metrics/hub-metrics.ts';
import type { MonitorSettings } from './monitor-options.ts';
import { cleanEntry } from './protocol/clean-entry.ts';
import { COMMANDS, type CommandName } from './protocol/command.ts';
import type { LogInput, LogLevel } from './protocol/log-entry.ts';
import { MalformedMessage } from './protocol/malformed-message.ts';
import type { CrawlNumbers } from './protocol/numbers.ts';
import { readNumbers } from './protocol/read-numbers.ts';
import { readPublisherMessage } from './protocol/read-publisher-message.ts';
import { readWatcherMessage } from './protocol/read-watcher-message.ts';
import { PROTOCOL_VERSION } from './protocol/version.ts';
import type { SourceInfo, WatcherHello } from './protocol/watcher-messages.ts';
import { PublisherLink } from './publishers/publisher-link.ts';
import { PublisherNames } from './publishers/publisher-names.ts';
import { MonitorServer } from './server/monitor-server.ts';
import type { HubSocket } from './sockets/server-socket.ts';
import { NumbersTable } from './sources/numbers-table.ts';
import { type CommandHandler, SourceTable } from './sources/source-table.ts';
import { FileTail } from './tail/file-tail.ts';
import { observeNumbers } from './telemetry/observe-numbers.ts';
import { Watcher } from './watch/watcher.ts';
import { Watchers } from './watch/watchers.ts';

/** Lines without a source. */
const OWN_NAME = 'monitor';

/**
 * A hub that is running: crawls and files give it log entries and numbers, and whoever watches gets them. Made by
 * `startMonitor`. Publishing takes microseconds and never waits for a watcher, however many there are and however slow.
 */
export class Monitor implements AsyncDisposable {
	/** Another one after each start. */
	readonly id: string = randomBytes(9).toString('base64url');
	readonly #settings: MonitorSettings;
	readonly #ring: EntryRing;
	readonly #sources = new SourceTable();
	readonly #numbers = new NumbersTable();
	readonly #publishers = new PublisherNames();
	readonly #watchers: Watchers;
	readonly #entriesByLevel: Record<LogLevel, number> = { debug: 0, info: 0, warning: 0, error: 0 };
	readonly #complained = new Set<string>();
	readonly #resources = new AsyncDisposableStack();
	#server: MonitorServer | undefined;
	#closed: Promise<void> | undefined;

	private constructor(settings: MonitorSettings) {
		this.#settings = settings;
		this.#ring = new EntryRing(settings.bufferEntries, settings.bufferBytes);
		this.#watchers = this.#resources.use(new Watchers(this.#ring, settings.heartbeatMs));
		this.#resources.use(observeNumbers(() => this.#numbers.all()));
	}

	/** @throws MonitorError (rejects) with code ORB_MONITOR_LISTEN. */
	static async start(settings: MonitorSettings): Promise<Monitor> {
		const monitor = new Monitor(settings);
		try {
			await monitor.#start();
		} catch (error) {
			await monitor.close();
			throw error;
		}
		return monitor;
	}

	get port(): number {
		return this.#server?.port ?? this.#settings.port;
	}

	/** Where publishers connect and Prometheus asks: `http://127.0.0.1:41234`, without the token. */
	get url(): string {
		const { host } = this.#settings;
		const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
		return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${this.port}`;
	}

	/** What to open in a browser: `url` with the token, if there is one. */
	get pageUrl(): string {
		const { token } = this.#settings;
		return token === undefined ? `${this.url}/` : `${this.url}/?token=${token}`;
	}

	/** Everybody who logs or sends numbers. */
	get sources(): readonly SourceInfo[] {
		return this.#sources.list();
	}

	/** Takes log entries. Never throws: what has no text is passed over, what is too long is cut. */
	publish(entries: LogInput | readonly LogInput[]): void {
		const now = Date.now();
		for (const input of Array.isArray(entries) ? entries : [entries]) {
			const entry = cleanEntry(input, now);
			if (entry === undefined) continue;
			const source = entry.source ?? OWN_NAME;
			this.#sources.ensure(source, 'log');
			this.#entriesByLevel[entry.level] += 1;
			this.#ring.push(storedEntry(this.#ring.nextId, entry, source));
		}
		this.#watchers.wake();
	}

	/** Takes the latest numbers of a crawl of this process. Numbers that are none are said in the log, once a source. */
	numbers(source: string, numbers: CrawlNumbers): void {
		const checked = readNumbers(numbers);
		if (checked === undefined) {
			this.#complain(source);
			return;
		}
		this.#sources.ensure(source, 'crawl');
		this.#numbers.set(source, checked);
		this.#watchers.wake();
	}

	/**
	 * Lets watchers command a crawl of this process.
	 *
	 * @param commands what it can be asked to do; all by default.
	 * @returns ends it.
	 */
	onCommand(source: string, handler: CommandHandler, commands: readonly CommandName[] = COMMANDS): () => void {
		this.#sources.set(source, { kind: 'crawl', pid: process.pid, commands, handler });
		this.#watchers.wake();
		return () => {
			if (this.#sources.get(source)?.handler === handler) this.#sources.leave(source);
			this.#watchers.wake();
		};
	}

	/** Says goodbye to watchers and publishers (1001) and stops listening and following. May be called twice. */
	close(): Promise<void> {
		this.#closed ??= this.#resources.disposeAsync();
		return this.#closed;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	async #start(): Promise<void> {
		await this.#followFiles();
		this.#server = this.#resources.use(
			await MonitorServer.start(this.#settings, {
				onWatcher: (socket) => this.#welcomeWatcher(socket),
				onPublisher: (socket) => this.#welcomePublisher(socket),
				metrics: () => this.#metrics(),
			}),
		);
	}

	async #followFiles(): Promise<void> {
		const { tail, tailLines } = this.#settings;
		if (tail.length === 0) return;
		const onFile = (name: string) => {
			this.#sources.ensure(name, 'file');
			this.#watchers.wake();
		};
		const onLines = (entries: readonly LogInput[]) => this.publish(entries);
		this.#resources.use(await FileTail.start(tail, { tailLines, onFile, onLines }));
	}

	#welcomeWatcher(socket: HubSocket): void {
		const hub = { hubId: this.id, ring: this.#ring, sources: this.#sources, numbers: this.#numbers };
		const watcher = new Watcher(hub, socket);
		socket.onClose(() => this.#watchers.remove(watcher));
		socket.onText((json) =>
			orRefuse(socket, () => {
				const message = readWatcherMessage(json);
				if (message.type === 'subscribe') watcher.subscribe(message);
				else void watcher.command(message, (...command) => runCommand(this.#sources, ...command));
				this.#watchers.wake();
			}),
		);
		socket.send(JSON.stringify(this.#hello()));
		this.#watchers.add(watcher);
	}

	#hello(): WatcherHello {
		const ring = this.#ring;
		return {
			type: 'hello',
			version: PROTOCOL_VERSION,
			hub: this.id,
			oldest: ring.size === 0 ? 0 : ring.oldest,
			newest: ring.newest,
			time: Date.now(),
			heartbeatMs: this.#settings.heartbeatMs,
			sources: this.#sources.list(),
		};
	}

	#welcomePublisher(socket: HubSocket): void {
		const hub = {
			hubId: this.id,
			heartbeatMs: this.#settings.heartbeatMs,
			sources: this.#sources,
			publishers: this.#publishers,
			publish: (entries: readonly LogInput[]) => this.publish(entries),
			numbers: (source: string, numbers: CrawlNumbers) => this.numbers(source, numbers),
			wake: () => this.#watchers.wake(),
		};
		const link = new PublisherLink(hub, socket);
		socket.onText((json) => orRefuse(socket, () => link.take(readPublisherMessage(json))));
	}

	#metrics(): string {
		const exposition = new Exposition();
		addCrawlMetrics(exposition, this.#numbers.all());
		addHubMetrics(exposition, {
			entriesByLevel: this.#entriesByLevel,
			missed: this.#watchers.missed,
			heldEntries: this.#ring.size,
			heldBytes: this.#ring.bytes,
			watchers: this.#server?.watchers ?? 0,
			publishers: this.#server?.publishers ?? 0,
			sources: this.#sources.connected,
		});
		return exposition.toString();
	}

	#complain(source: string): void {
		if (this.#complained.has(source)) return;
		this.#complained.add(source);
		this.publish({
			level: 'warning',
			text: `Numbers of "${source}" are not the numbers of a crawl: they are not shown.`,
		});
	}
}

/** A message that is none of the protocol ends its connection with 1007, and a reason. */
function orRefuse(socket: HubSocket, take: () => void): void {
	try {
		take();
	} catch (error) {
		if (!(error instanceof MalformedMessage)) throw error;
		socket.close(1007, error.message);
	}
}

import { randomBytes } from 'node:crypto';
import { cleanEntry } from '../protocol/clean-entry.ts';
import type { CommandOutcome } from '../protocol/command.ts';
import type { LogInput } from '../protocol/log-entry.ts';
import type { CrawlNumbers } from '../protocol/numbers.ts';
import type {
	MessageFromPublisher,
	MessageToPublisher,
	PublisherCommand,
	Welcome,
} from '../protocol/publisher-messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { ClientSocket } from '../sockets/client-socket.ts';
import { backoffMs } from './backoff.ts';
import type { PublisherSettings } from './publisher-options.ts';
import { SendQueue } from './send-queue.ts';

/** The end of the program waits no longer for the last lines. */
const FLUSH_MS = 1_000;

/** Nothing more is given to a connection with so much unsent. */
const MOST_BUFFERED_BYTES = 256 * 1024;

/** Dead after this many heartbeats of the hub without any sign. */
const SILENT_BEATS = 2.5;

/**
 * Publishes to a monitor of another process. Made by `connectPublisher`. Nothing here throws or waits: while the monitor
 * cannot be reached, lines are kept up to a limit, and when it is back they are sent, none twice.
 */
export class Publisher implements AsyncDisposable {
	readonly #settings: PublisherSettings;
	readonly #queue: SendQueue;
	readonly #instance = randomBytes(12).toString('base64url');
	readonly #onExit = (): void => void this.close();
	#socket: ClientSocket | undefined;
	#isWelcome = false;
	#isClosing = false;
	#isTold = false;
	#failures = 0;
	#retry: NodeJS.Timeout | undefined;
	#numbers: CrawlNumbers | undefined;
	#hasNewNumbers = false;
	#isScheduled = false;
	#source: string;
	#onEmpty: (() => void) | undefined;
	#closed: Promise<void> | undefined;

	constructor(settings: PublisherSettings) {
		this.#settings = settings;
		this.#source = settings.source;
		this.#queue = new SendQueue(settings.queueEntries, settings.queueBytes);
		process.once('beforeExit', this.#onExit);
		this.#connect();
	}

	/** Whether the monitor has said hello over the connection that there is now. */
	get connected(): boolean {
		return this.#isWelcome;
	}

	/** Lines that were dropped because too many waited. The monitor says so in its log. */
	get dropped(): number {
		return this.#queue.dropped;
	}

	/** The name that watchers see: the wanted one, or one with a number when another publisher has it. */
	get source(): string {
		return this.#source;
	}

	/** Takes log entries. Never throws: what has no text is passed over. Their `source` is this publisher. */
	publish(entries: LogInput | readonly LogInput[]): void {
		if (this.#isClosing) return;
		const now = Date.now();
		for (const input of Array.isArray(entries) ? entries : [entries]) {
			const entry = cleanEntry(input, now);
			if (entry !== undefined) this.#queue.push(JSON.stringify({ ...entry, source: undefined }));
		}
		this.#schedule();
	}

	/** Takes the latest numbers, which replace those before. */
	numbers(numbers: CrawlNumbers): void {
		if (this.#isClosing) return;
		this.#numbers = numbers;
		this.#hasNewNumbers = true;
		this.#schedule();
	}

	/** Waits until the monitor has everything, a second at most, and ends. May be called twice. Never rejects. */
	close(): Promise<void> {
		this.#closed ??= this.#end();
		return this.#closed;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#connect(): void {
		this.#retry = undefined;
		const { address, token } = this.#settings;
		this.#socket = new ClientSocket(address, token, {
			onOpen: () => this.#hello(),
			onText: (text) => this.#take(text),
			onEnd: (problem) => this.#lost(problem),
		});
		if (this.#isClosing) this.#socket.hold();
	}

	#hello(): void {
		const { source, kind, commands } = this.#settings;
		const { acked } = this.#queue;
		const instance = this.#instance;
		this.#say({ type: 'hello', version: PROTOCOL_VERSION, source, kind, pid: process.pid, instance, acked, commands });
	}

	#take(text: string): void {
		const message = messageOf(text);
		// A hub of a later release may say more: what is not known is passed over.
		if (message === undefined) this.#socket?.terminate();
		else if (message.type === 'welcome') this.#welcome(message);
		else if (message.type === 'ack') this.#queue.ack(message.seq);
		else if (message.type === 'command') void this.#command(message);
		this.#schedule();
	}

	#welcome({ source, seq, heartbeatMs }: Welcome): void {
		this.#isWelcome = true;
		// They are not acknowledged, and another hub has never seen them.
		this.#hasNewNumbers = this.#numbers !== undefined;
		this.#isTold = false;
		this.#failures = 0;
		this.#source = source;
		this.#queue.rewind(seq);
		this.#socket?.expectWithin(heartbeatMs * SILENT_BEATS);
	}

	async #command({ type: _, id, ...command }: PublisherCommand): Promise<void> {
		let outcome: CommandOutcome;
		try {
			outcome = (await this.#settings.onCommand?.(command)) ?? { ok: false, error: 'It takes no commands.' };
		} catch (error) {
			outcome = { ok: false, error: error instanceof Error ? error.message : String(error) };
		}
		this.#say({ ...outcome, type: 'result', id });
	}

	#lost(problem: string): void {
		this.#isWelcome = false;
		this.#socket = undefined;
		if (this.#isClosing) {
			this.#onEmpty?.();
			return;
		}
		this.#failures += 1;
		if (!this.#isTold) {
			this.#isTold = true;
			this.#tell(`The monitor at ${this.#settings.address} cannot be reached: ${problem}. Trying again.`);
		}
		this.#retry = setTimeout(() => this.#connect(), backoffMs(this.#failures, Math.random()));
		this.#retry.unref();
	}

	/** Watching must not break what is watched. */
	#tell(problem: string): void {
		try {
			this.#settings.onProblem(problem);
		} catch (error) {
			process.emitWarning(`onProblem failed: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	/** What is published in one turn of the event loop is sent together. */
	#schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#flush();
		});
	}

	#flush(): void {
		const socket = this.#socket;
		if (socket === undefined || !this.#isWelcome || !socket.isOpen) return;
		const onTaken = (): void => this.#schedule();
		if (this.#hasNewNumbers && this.#numbers !== undefined && socket.bufferedBytes < MOST_BUFFERED_BYTES) {
			this.#say({ type: 'numbers', numbers: this.#numbers });
			this.#hasNewNumbers = false;
		}
		while (socket.bufferedBytes < MOST_BUFFERED_BYTES) {
			const batch = this.#queue.next();
			if (batch === undefined) break;
			socket.send(batch.message, onTaken);
		}
		if (this.#queue.size === 0 && !this.#hasNewNumbers) this.#onEmpty?.();
	}

	#say(message: MessageFromPublisher): void {
		if (this.#socket?.isOpen === true) this.#socket.send(JSON.stringify(message));
	}

	async #end(): Promise<void> {
		this.#isClosing = true;
		process.off('beforeExit', this.#onExit);
		clearTimeout(this.#retry);
		const socket = this.#socket;
		if (socket !== undefined) {
			socket.hold();
			await this.#emptied();
		}
		this.#socket?.close();
		// A hub that does not answer the close is not waited for.
		const late = setTimeout(() => socket?.terminate(), FLUSH_MS);
		late.unref();
	}

	#emptied(): Promise<void> {
		const { promise, resolve } = Promise.withResolvers<void>();
		const late = setTimeout(resolve, FLUSH_MS);
		this.#onEmpty = () => {
			clearTimeout(late);
			resolve();
		};
		this.#schedule();
		return promise;
	}
}

/** Undefined for what no hub would send: something else listens there. */
function messageOf(text: string): MessageToPublisher | undefined {
	try {
		return JSON.parse(text) as MessageToPublisher;
	} catch {
		return undefined;
	}
}

import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError, type RequestLabel } from '../errors.ts';
import { closeText } from './close-codes.ts';
import { decideReconnect } from './decide-reconnect.ts';
import { MessageQueue } from './message-queue.ts';
import type { ReconnectEvent } from './reconnect-options.ts';
import type { ResumePoint } from './resume.ts';
import type { SocketEnd, SocketSession, WebSocketClose } from './socket-session.ts';
import type { Upgrader } from './upgrader.ts';
import { WaitingSends, type WebSocketData } from './waiting-sends.ts';
import { WebSocketError } from './websocket-error.ts';
import { type MessageId, WebSocketMessage } from './websocket-message.ts';
import type { WebSocketSettings } from './websocket-options.ts';

/** What a connection is doing. */
export type WebSocketState = 'connecting' | 'open' | 'reconnecting' | 'closing' | 'closed';

/** What a link is made of. */
export interface LinkParts {
	readonly label: RequestLabel;
	readonly settings: WebSocketSettings;
	readonly upgrader: Upgrader;
	readonly resumePoint: ResumePoint | undefined;
	/** The client's. */
	readonly signal: AbortSignal;
	/** Told of each socket that opened, before what waited is sent. */
	readonly onOpen: (reconnects: number) => void;
}

const NEVER_OPEN: WebSocketClose = { code: 1006, reason: '', wasClean: false };

/** Keeps one socket after another open and joins what they bring into one stream of messages. */
export class Link {
	readonly queue: MessageQueue<WebSocketMessage>;
	/** Resolves when it is over for good. */
	readonly closed: Promise<WebSocketClose>;
	readonly #parts: LinkParts;
	readonly #waitingSends = new WaitingSends();
	readonly #stop = new AbortController();
	readonly #resolveClosed: (close: WebSocketClose) => void;
	#session: SocketSession | undefined;
	/** Set when this side ends it; `error` is what the reader gets. */
	#ending: { readonly error: AbortedError | undefined } | undefined;
	#state: WebSocketState = 'connecting';
	#lastId: MessageId | undefined;
	#opened = 0;
	#attempts = 0;
	/** How it ended. */
	#end: WebSocketClose | undefined;

	constructor(parts: LinkParts) {
		this.#parts = parts;
		const { promise, resolve } = Promise.withResolvers<WebSocketClose>();
		this.closed = promise;
		this.#resolveClosed = resolve;
		this.queue = new MessageQueue(parts.settings, {
			pause: () => this.#session?.pause(),
			resume: () => this.#session?.resume(),
			...(parts.resumePoint && { taken: ({ id }) => this.#note(id) }),
		});
	}

	get state(): WebSocketState {
		return this.#state;
	}

	/** The id of the last message that a reader got. */
	get lastId(): MessageId | undefined {
		return this.#lastId;
	}

	get session(): SocketSession | undefined {
		return this.#session;
	}

	/** Opens the first socket. Rejects when that fails: nothing is tried again before it was open once. */
	async start(): Promise<void> {
		const { signal, settings, upgrader } = this.#parts;
		signal.addEventListener('abort', this.#onClientEnd);
		settings.signal?.addEventListener('abort', this.#onAbort);
		if (signal.aborted) this.#onClientEnd();
		if (settings.signal?.aborted) this.#onAbort();
		try {
			const session = await upgrader.open(this.#stop.signal);
			this.#adopt(session);
			void this.#keep(session);
		} catch (error) {
			this.#finish(NEVER_OPEN, undefined);
			throw this.#ending?.error ?? error;
		}
		if (this.#ending?.error !== undefined) throw this.#ending.error;
	}

	/** Sends now, or when there is a socket again. */
	async send(data: WebSocketData): Promise<void> {
		if (this.#session?.isOpen) return await this.#session.send(data);
		const { label, settings } = this.#parts;
		if (this.#state === 'closing' || this.#state === 'closed') throw this.#closedError();
		const { sendTimeoutMs } = settings;
		const late = (): WebSocketError =>
			new WebSocketError(
				label,
				'send-timeout',
				`had no connection to send on for ${sendTimeoutMs} ms (sendTimeoutMs).`,
			);
		await this.#waitingSends.add(data, sendTimeoutMs, late);
	}

	/** Ends it politely. What was not read is dropped. */
	async close(code: number, reason: string): Promise<WebSocketClose> {
		if (this.#ending === undefined && this.#state !== 'closed') {
			this.#endSoon(undefined);
			this.queue.abandon();
			this.#session?.close(code, reason);
		}
		return await this.closed;
	}

	/** Ends it at once. */
	terminate(error?: AbortedError): void {
		if (this.#state === 'closed') return;
		if (this.#ending === undefined) {
			this.#endSoon(error);
			this.queue.abandon(error);
		}
		this.#session?.terminate();
	}

	#endSoon(error: AbortedError | undefined): void {
		this.#ending = { error };
		this.#state = 'closing';
		this.#waitingSends.fail(this.#closedError());
		this.#stop.abort(error ?? new AbortedError(this.#parts.label, 'it was closed.'));
	}

	#adopt(session: SocketSession): void {
		this.#session = session;
		if (this.#ending !== undefined) {
			session.terminate();
			return;
		}
		this.#state = 'open';
		this.#opened += 1;
		session.start((data, isBinary) => this.#receive(session, data, isBinary));
		if (this.queue.full) session.pause();
		this.#parts.onOpen(this.#opened - 1);
		this.#waitingSends.flush((data) => session.send(data));
	}

	#note(id: MessageId | undefined): void {
		if (id !== undefined) this.#lastId = id;
	}

	#receive(session: SocketSession, data: Buffer, isBinary: boolean): void {
		const { label, resumePoint } = this.#parts;
		try {
			const content = isBinary ? data : data.toString('utf8');
			const message = new WebSocketMessage(content, label, resumePoint?.idOf);
			if (message.id !== undefined && resumePoint?.isNew(message.id) === false) return;
			this.queue.push(message, data.length);
		} catch (error) {
			// The reader gets what its own function threw, after what came before.
			this.#endSoon(undefined);
			this.queue.end(asError(error));
			session.close(1000, '');
		}
	}

	/** Waits for the end of each socket. Never rejects. */
	async #keep(first: SocketSession): Promise<void> {
		for (let session: SocketSession | undefined = first; session !== undefined; ) {
			const end: SocketEnd = await session.ended;
			session = await this.#next(end);
		}
	}

	/** The socket after the one that ended, if there is to be one. */
	async #next(end: SocketEnd): Promise<SocketSession | undefined> {
		const { settings, upgrader } = this.#parts;
		this.#session = undefined;
		if (settings.reconnect !== undefined && end.openMs >= settings.reconnect.stableMs) this.#attempts = 0;
		let setback: Pick<ReconnectEvent, 'error' | 'closeCode'> = { error: end.error, closeCode: end.code };
		while (this.#ending === undefined) {
			const delayMs = this.#delayMs({ ...setback, attempts: this.#attempts }, end);
			if (delayMs === undefined) return undefined;
			this.#attempts += 1;
			this.#state = 'reconnecting';
			callHook('onReconnect', settings.onReconnect, { attempt: this.#attempts, delayMs, error: setback.error });
			try {
				await sleep(delayMs, undefined, { signal: this.#stop.signal });
				const session = await upgrader.open(this.#stop.signal);
				this.#adopt(session);
				return session;
			} catch (error) {
				setback = { error, closeCode: undefined };
			}
		}
		this.#finish(end, undefined);
		return undefined;
	}

	/** How long to wait for the next attempt; without one, the end is reported. */
	#delayMs(event: ReconnectEvent, end: SocketEnd): number | undefined {
		const { settings, label } = this.#parts;
		try {
			const decision = decideReconnect(event, settings.reconnect, Math.random());
			if (decision.action === 'reconnect') return decision.delayMs;
			const gaveUp = decision.action === 'give-up';
			this.#finish(end, gaveUp ? gaveUpError(label, event, end) : asError(event.error));
		} catch (error) {
			this.#finish(end, asError(error)); // Thrown by `when`.
		}
		return undefined;
	}

	#finish(close: WebSocketClose, error: Error | undefined): void {
		const { signal, settings } = this.#parts;
		signal.removeEventListener('abort', this.#onClientEnd);
		settings.signal?.removeEventListener('abort', this.#onAbort);
		this.#session = undefined;
		this.#state = 'closed';
		this.#end = { code: close.code, reason: close.reason, wasClean: close.wasClean };
		this.queue.end(error);
		this.#waitingSends.fail(this.#closedError());
		this.#resolveClosed(this.#end);
	}

	readonly #onClientEnd = (): void => {
		this.terminate(new AbortedError(this.#parts.label, 'the client ended.', this.#parts.signal.reason));
	};

	readonly #onAbort = (): void => {
		this.terminate(new AbortedError(this.#parts.label, 'its signal fired.', this.#parts.settings.signal?.reason));
	};

	#closedError(): WebSocketError {
		const { code, reason } = this.#end ?? {};
		const how = code === undefined ? 'is being closed' : `was closed with ${closeText(code, reason ?? '')}`;
		const details = { closeCode: code, closeReason: reason };
		return new WebSocketError(this.#parts.label, 'closed', `${how}: nothing can be sent.`, details);
	}
}

/** Calls a function of the user's that only looks on. */
export function callHook<Event>(name: string, hook: ((event: Event) => unknown) | undefined, event: Event): void {
	const warn = (error: unknown): void =>
		process.emitWarning(`The hook ${name} threw: ${String(error)}`, 'OrbweaverHookWarning');
	try {
		// It may be an async function, such as one that sends and loses the connection meanwhile.
		const returned: unknown = hook?.(event);
		if (returned instanceof Promise) returned.catch(warn);
	} catch (error) {
		warn(error);
	}
}

function gaveUpError(label: RequestLabel, { attempts, error }: ReconnectEvent, end: SocketEnd): WebSocketError {
	const last = error instanceof Error ? `: ${error.message}` : '.';
	return new WebSocketError(label, 'gave-up', `could not be kept open in ${attempts} attempts (maxAttempts)${last}`, {
		closeCode: end.code,
		closeReason: end.reason,
		cause: error,
	});
}

function asError(value: unknown): Error | undefined {
	return value === undefined || value instanceof Error ? value : new Error(String(value));
}

/** @import { CommandName } from '../../src/protocol/command.ts' */
/** @import { LogFilter, MessageToWatcher, Missed, Result, SourceInfo, SourceNumbers } from '../../src/protocol/watcher-messages.ts' */
/** @import { LogEntry } from '../../src/protocol/log-entry.ts' */
import { backoffMs } from './backoff.js';
import { PlaceInLog } from './place-in-log.js';

/**
 * @typedef {{ kind: 'connecting' | 'live' | 'signed-out' } | { kind: 'lost', retryAt: number }} ConnectionState
 *
 * @typedef {object} ConnectionHandlers
 * @property {(state: ConnectionState) => void} onState
 * @property {(entries: readonly LogEntry[]) => void} onEntries
 * @property {(missed: Missed) => void} onMissed
 * @property {(sources: readonly SourceInfo[]) => void} onSources
 * @property {(message: SourceNumbers) => void} onNumbers
 * @property {(reason: string) => void} onRefused the filter cannot be used.
 * @property {() => void} onOtherHub the hub was started anew: its lines count from 1 again.
 */

/** Dead after this many heartbeats of the hub without any sign. */
const SILENT_BEATS = 2.5;

/** A connection that takes longer is tried again. */
const HELLO_WITHIN_MS = 10_000;

/**
 * The connection to the hub: it comes back by itself, and goes on in the log where it was. Another filter takes another
 * socket, because lines do not tell which filter let them through.
 */
export class Connection {
	#handlers;
	#place = new PlaceInLog();
	/** @type {WebSocket | undefined} */
	#socket;
	#failures = 0;
	#nextCommand = 1;
	#quietMs = HELLO_WITHIN_MS;
	/** @type {Map<number, { socket: WebSocket, resolve: (result: Result) => void }>} */
	#commands = new Map();
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	#retry;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	#silence;

	/** @param {ConnectionHandlers} handlers */
	constructor(handlers) {
		this.#handlers = handlers;
		addEventListener('online', () => this.retryNow());
	}

	/**
	 * Watches the lines that a filter lets through, from the past on.
	 *
	 * @param {LogFilter} filter
	 */
	watch(filter) {
		this.#place.start(filter);
		this.#connect();
	}

	/** Does not wait for the end of the backoff. */
	retryNow() {
		if (this.#socket === undefined) this.#connect();
	}

	/**
	 * Asks a source to do something.
	 *
	 * @param {string} source
	 * @param {CommandName} command
	 * @param {string} [url]
	 * @returns {Promise<Result>}
	 */
	command(source, command, url) {
		const socket = this.#socket;
		const id = this.#nextCommand++;
		if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(refused(id, 'The monitor is not connected.'));
		return new Promise((resolve) => {
			this.#commands.set(id, { socket, resolve });
			socket.send(JSON.stringify({ type: 'command', id, source, command, ...(url === undefined ? {} : { url }) }));
		});
	}

	#connect() {
		clearTimeout(this.#retry);
		this.#leave();
		const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/watch`);
		this.#socket = socket;
		this.#quietMs = HELLO_WITHIN_MS;
		this.#expectMore(socket);
		if (this.#failures === 0) this.#handlers.onState({ kind: 'connecting' });
		socket.addEventListener('message', ({ data }) => this.#take(socket, JSON.parse(data)));
		socket.addEventListener('close', () => this.#closed(socket));
	}

	/** A socket that others replace goes as soon as its commands are answered. */
	#leave() {
		const socket = this.#socket;
		this.#socket = undefined;
		if (socket !== undefined && !this.#hasCommands(socket)) socket.close();
	}

	/**
	 * @param {WebSocket} socket
	 * @param {MessageToWatcher} message
	 */
	#take(socket, message) {
		if (message.type === 'result') this.#answer(message);
		if (socket !== this.#socket) {
			if (!this.#hasCommands(socket)) socket.close();
			return;
		}
		this.#expectMore(socket);
		switch (message.type) {
			case 'hello':
				this.#welcome(socket, message);
				break;
			case 'entries':
				this.#handlers.onEntries(this.#place.take(message));
				break;
			case 'missed':
				if (!this.#place.isFresh) this.#handlers.onMissed(message);
				break;
			case 'sources':
				this.#handlers.onSources(message.sources);
				break;
			case 'numbers':
				this.#handlers.onNumbers(message);
				break;
			case 'result':
				break; // answered already
		}
	}

	/**
	 * @param {WebSocket} socket
	 * @param {import('../../src/protocol/watcher-messages.ts').WatcherHello} hello
	 */
	#welcome(socket, hello) {
		this.#failures = 0;
		this.#quietMs = hello.heartbeatMs * SILENT_BEATS;
		this.#expectMore(socket);
		const { subscribe, isOtherHub } = this.#place.subscription(hello);
		if (isOtherHub) this.#handlers.onOtherHub();
		socket.send(JSON.stringify(subscribe));
		this.#handlers.onSources(hello.sources);
		this.#handlers.onState({ kind: 'live' });
	}

	/** @param {Result} result */
	#answer(result) {
		if (result.id !== null) {
			this.#commands.get(result.id)?.resolve(result);
			this.#commands.delete(result.id);
		} else if (!result.ok) {
			clearTimeout(this.#silence); // without a subscription nothing comes
			this.#quietMs = Number.POSITIVE_INFINITY;
			this.#handlers.onRefused(result.error);
		}
	}

	/** @param {WebSocket} socket */
	#closed(socket) {
		for (const [id, command] of this.#commands) {
			if (command.socket !== socket) continue;
			command.resolve(refused(id, 'The connection was lost before the answer.'));
			this.#commands.delete(id);
		}
		if (socket !== this.#socket) return;
		this.#socket = undefined;
		clearTimeout(this.#silence);
		this.#failures += 1;
		const waitMs = backoffMs(this.#failures, Math.random());
		this.#retry = setTimeout(() => this.#connect(), waitMs);
		this.#handlers.onState({ kind: 'lost', retryAt: Date.now() + waitMs });
		void this.#lookIfSignedOut();
	}

	/** Browsers do not tell why a socket was refused; a plain request does. */
	async #lookIfSignedOut() {
		try {
			const { status } = await fetch('/', { method: 'HEAD' });
			if (status === 401 && this.#socket === undefined) this.#handlers.onState({ kind: 'signed-out' });
		} catch {
			// Not reachable: the retry goes on.
		}
	}

	/** @param {WebSocket} socket */
	#expectMore(socket) {
		clearTimeout(this.#silence);
		if (this.#quietMs === Number.POSITIVE_INFINITY) return;
		this.#silence = setTimeout(() => {
			if (socket !== this.#socket) return;
			socket.close();
			this.#closed(socket); // a dead connection does not answer the close
		}, this.#quietMs);
	}

	/** @param {WebSocket} socket */
	#hasCommands(socket) {
		return [...this.#commands.values()].some((command) => command.socket === socket);
	}
}

/**
 * @param {number} id
 * @param {string} error
 * @returns {Result}
 */
function refused(id, error) {
	return { type: 'result', id, ok: false, error };
}

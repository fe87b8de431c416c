import type { Duplex } from 'node:stream';
import type { CloseEvent, RawData, WebSocket } from 'ws';
import type { RequestLabel } from '../errors.ts';
import { codeOf } from '../undici/failure.ts';
import { closeMeaning, closeText } from './close-codes.ts';
import { FrameTap } from './frame-tap.ts';
import { Heartbeat } from './heartbeat.ts';
import { WebSocketError } from './websocket-error.ts';
import type { WebSocketSettings } from './websocket-options.ts';

/** How a connection ended. */
export interface WebSocketClose {
	/** The code of the peer's close frame; 1005 when the frame had none, 1006 when there was no frame. */
	readonly code: number;
	/** The text of the peer's close frame. */
	readonly reason: string;
	/** Both sides said goodbye. */
	readonly wasClean: boolean;
}

/** How one socket ended. */
export interface SocketEnd extends WebSocketClose {
	/** What is wrong with that; undefined for a normal close. */
	readonly error: WebSocketError | undefined;
	/** How long the socket was open. */
	readonly openMs: number;
}

type SessionSettings = Pick<WebSocketSettings, 'heartbeatMs' | 'pongTimeoutMs' | 'maxPayloadBytes'>;

/** One open socket. It is born paused: nothing is read before `start`. */
export class SocketSession {
	/** Resolves when the socket is gone, whatever ended it. */
	readonly ended: Promise<SocketEnd>;
	readonly #webSocket: WebSocket;
	readonly #socket: Duplex & { readonly bytesRead?: number };
	readonly #request: RequestLabel;
	readonly #maxPayloadBytes: number;
	readonly #heartbeat: Heartbeat | undefined;
	readonly #openedAt = performance.now();
	#onMessage: (data: Buffer, isBinary: boolean) => void = ignore;
	#tap: FrameTap | undefined;
	#failure: WebSocketError | undefined;
	#socketError: Error | undefined;
	#messagesSent = 0;

	constructor(webSocket: WebSocket, socket: Duplex, request: RequestLabel, settings: SessionSettings) {
		this.#webSocket = webSocket;
		this.#socket = socket;
		this.#request = request;
		this.#maxPayloadBytes = settings.maxPayloadBytes;
		this.#heartbeat = this.#makeHeartbeat(settings);
		webSocket.pause();
		webSocket.on('error', (error) => {
			this.#failure ??= this.#frameFailure(error);
		});
		// ws says only that it is over; why is known to the socket.
		socket.on('error', (error) => {
			this.#socketError = error;
		});
		this.ended = new Promise((resolve) => {
			webSocket.addEventListener('close', (event) => resolve(this.#end(event)));
		});
	}

	/** False from the first sign of an end. */
	get isOpen(): boolean {
		return this.#webSocket.readyState === this.#webSocket.OPEN;
	}

	/** The subprotocol the server chose, empty for none. */
	get protocol(): string {
		return this.#webSocket.protocol;
	}

	/** Bytes handed to `send` that the kernel has not taken. */
	get bufferedAmount(): number {
		return this.#webSocket.bufferedAmount;
	}

	/** Begins to read. `onMessage` must not throw. */
	start(onMessage: (data: Buffer, isBinary: boolean) => void): void {
		this.#onMessage = onMessage;
		const heard = (): void => this.#heartbeat?.heard();
		this.#webSocket.on('message', this.#receive);
		this.#webSocket.on('ping', heard);
		this.#webSocket.on('pong', heard);
		this.#tap = FrameTap.install({
			webSocket: this.#webSocket,
			socket: this.#socket,
			maxPayloadBytes: this.#maxPayloadBytes,
			onMessage: this.#receive,
		});
		this.resume();
	}

	pause(): void {
		this.#heartbeat?.suspend();
		this.#webSocket.pause();
	}

	resume(): void {
		if (this.isOpen) this.#heartbeat?.start();
		this.#webSocket.resume();
	}

	/** Resolves when the kernel took all of the message, and of those before it. */
	async send(data: string | Uint8Array | ArrayBuffer): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#webSocket.send(data, (error) => {
				if (error === undefined || error === null) {
					this.#messagesSent += 1;
					resolve();
				} else reject(this.#sendFailure(error));
			});
		});
	}

	/** Says goodbye; what arrives from now on is dropped. The socket is cut off after `closeTimeoutMs`. */
	close(code: number, reason: string): void {
		this.#onMessage = ignore;
		this.#heartbeat?.stop();
		this.#tap?.remove();
		this.#webSocket.close(code, reason);
		// The peer's goodbye lies behind what was not read.
		this.#webSocket.resume();
	}

	/** Ends it at once. */
	terminate(failure?: WebSocketError): void {
		this.#onMessage = ignore;
		this.#failure ??= failure;
		this.#heartbeat?.stop();
		this.#tap?.remove();
		this.#webSocket.terminate();
	}

	readonly #receive = (data: RawData, isBinary: boolean): void => {
		this.#heartbeat?.heard();
		this.#onMessage(data as Buffer, isBinary); // ws makes Buffers unless told otherwise.
	};

	#makeHeartbeat({ heartbeatMs, pongTimeoutMs }: SessionSettings): Heartbeat | undefined {
		if (heartbeatMs === false) return undefined;
		const session = this;
		return new Heartbeat(
			{ heartbeatMs, pongTimeoutMs },
			{
				ping: () => {
					if (session.isOpen) session.#webSocket.ping();
				},
				dead: () => session.terminate(session.#deadPeer(pongTimeoutMs)),
				get bytesRead() {
					return session.#socket.bytesRead ?? 0;
				},
				get unsentBytes() {
					return session.bufferedAmount;
				},
				get messagesSent() {
					return session.#messagesSent;
				},
			},
		);
	}

	#end({ code, reason, wasClean }: CloseEvent): SocketEnd {
		this.#heartbeat?.stop();
		this.#onMessage = ignore;
		const failure = this.#failure;
		const closeCode = failure?.closeCode ?? code;
		const error = failure ?? this.#closeFailure(code, reason);
		return { code: closeCode, reason, wasClean, error, openMs: performance.now() - this.#openedAt };
	}

	#closeFailure(code: number, reason: string): WebSocketError | undefined {
		if (closeMeaning(code) === 'done') return undefined;
		const details = { closeCode: code, closeReason: reason, cause: this.#socketError };
		if (code !== 1006) {
			return new WebSocketError(
				this.#request,
				'closed',
				`was closed by the server with ${closeText(code, reason)}`,
				details,
			);
		}
		const why = this.#socketError === undefined ? 'it ended' : this.#socketError.message;
		return new WebSocketError(this.#request, 'lost', `lost its connection without a close frame: ${why}.`, details);
	}

	#deadPeer(pongTimeoutMs: number): WebSocketError {
		const detail = `got no answer to a ping within ${pongTimeoutMs} ms (pongTimeoutMs): the peer is dead.`;
		return new WebSocketError(this.#request, 'dead-peer', detail, { closeCode: 1006 });
	}

	/** What ws found wrong with what the peer sent; it has told the peer with the same code. */
	#frameFailure(cause: Error): WebSocketError {
		const code = codeOf(cause);
		if (TOO_LARGE.has(code)) {
			const detail = `sent a message of more than ${this.#maxPayloadBytes} bytes (maxPayloadBytes).`;
			return new WebSocketError(this.#request, 'too-large', detail, { closeCode: 1009, cause });
		}
		const closeCode = code.startsWith('Z_') ? 1007 : (CLOSE_CODES.get(code) ?? 1002);
		return new WebSocketError(this.#request, 'protocol', `broke RFC 6455: ${cause.message}.`, { closeCode, cause });
	}

	#sendFailure(cause: Error): WebSocketError {
		const detail = 'closed before the message was sent.';
		return new WebSocketError(this.#request, 'closed', detail, { closeCode: this.#failure?.closeCode, cause });
	}
}

const TOO_LARGE: ReadonlySet<string> = new Set([
	'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
	'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
]);

/** Where ws tells the peer something else than 1002. */
const CLOSE_CODES: ReadonlyMap<string, number> = new Map([
	['WS_ERR_INVALID_UTF8', 1007],
	['WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008],
]);

function ignore(): void {}

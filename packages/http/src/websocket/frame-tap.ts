import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FrameReader } from './frame-reader.ts';

type Listener = (chunk: Buffer) => void;

/** Where a tap is put, and who gets what it takes. */
export interface FrameTapParts {
	readonly webSocket: WebSocket;
	/** The one that ws reads. */
	readonly socket: Duplex;
	readonly maxPayloadBytes: number;
	/** Must not throw. */
	readonly onMessage: (data: Buffer, isBinary: boolean) => void;
}

/** Takes small messages off the way from a socket to ws. */
export class FrameTap {
	readonly #parts: FrameTapParts;
	readonly #toWs: Listener;
	readonly #reader: FrameReader;
	#removed = false;

	private constructor(parts: FrameTapParts, toWs: Listener) {
		const { socket, maxPayloadBytes, onMessage } = parts;
		this.#parts = parts;
		this.#toWs = toWs;
		this.#reader = new FrameReader(maxPayloadBytes, {
			message: onMessage,
			rest: (bytes) => toWs.call(socket, bytes),
		});
		socket.off('data', toWs);
		socket.on('data', this.#onData);
		// When a socket is closed, ws reads what is left in it without asking.
		socket.prependListener('close', () => this.remove());
	}

	/** Begins. Undefined where ws has to do it all: with compression, and should it not listen as it is known to. */
	static install(parts: FrameTapParts): FrameTap | undefined {
		const [toWs, ...others] = parts.socket.listeners('data');
		if (toWs === undefined || others.length > 0 || parts.webSocket.extensions !== '') return undefined;
		return new FrameTap(parts, toWs as Listener);
	}

	/** Gives it all back to ws. */
	remove(): void {
		if (this.#removed) return;
		this.#removed = true;
		const { socket } = this.#parts;
		socket.off('data', this.#onData);
		const held = this.#reader.stop();
		if (!this.#isWanted) return;
		if (held.length > 0) this.#toWs.call(socket, held);
		socket.on('data', this.#toWs);
	}

	/** From a mistake and from the peer's close frame on, ws listens no more: what it got then would be an error of its own. */
	get #isWanted(): boolean {
		const { webSocket } = this.#parts;
		return webSocket.readyState === webSocket.OPEN;
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#isWanted) this.#reader.read(chunk);
	};
}

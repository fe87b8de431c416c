import type { RawData, WebSocket } from 'ws';

/** What the hub needs of a connection. */
export interface HubSocket {
	/** Bytes that were sent and that the kernel has not taken. */
	readonly bufferedBytes: number;
	/** @param onTaken called once the kernel has taken it or the connection is lost. */
	send(data: string | Buffer, onTaken?: () => void): void;
	/** Listens to text messages. A binary one closes the connection with 1003. */
	onText(listener: (text: string) => void): void;
	onClose(listener: () => void): void;
	/** Closes with a handshake; a peer that does not answer is cut off. */
	close(code: number, reason: string): void;
}

/** RFC 6455 §5.5: the reason has 123 bytes at most. */
const MOST_REASON_BYTES = 123;

/** How long a closing peer may take until it is cut off. */
const CLOSE_TIMEOUT_MS = 1_000;

/** One accepted connection. */
export class ServerSocket implements HubSocket {
	readonly #socket: WebSocket;
	#isAlive = true;

	constructor(socket: WebSocket) {
		this.#socket = socket;
		// ws has closed it then, with 1009 for an oversized, 1007 for ill-coded and 1002 for a malformed frame.
		socket.on('error', () => undefined);
		socket.on('pong', () => {
			this.#isAlive = true;
		});
	}

	get bufferedBytes(): number {
		return this.#socket.bufferedAmount;
	}

	send(data: string | Buffer, onTaken?: () => void): void {
		this.#socket.send(data, { binary: false }, () => onTaken?.());
	}

	onText(listener: (text: string) => void): void {
		this.#socket.on('message', (data, isBinary) => {
			this.#isAlive = true;
			if (isBinary) this.close(1003, 'Messages are JSON in text frames');
			else if (this.#socket.readyState === this.#socket.OPEN) listener(textOf(data));
		});
	}

	onClose(listener: () => void): void {
		this.#socket.once('close', () => listener());
	}

	close(code: number, reason: string): void {
		const bytes = Buffer.from(reason);
		this.#socket.close(
			code,
			bytes
				.subarray(0, MOST_REASON_BYTES)
				.toString()
				.replace(/\ufffd$/u, ''),
		);
		const late = setTimeout(() => this.terminate(), CLOSE_TIMEOUT_MS);
		this.onClose(() => clearTimeout(late));
	}

	terminate(): void {
		this.#socket.terminate();
	}

	/** Pings the peer, or cuts it off when it was silent since the last beat. */
	beat(): void {
		if (!this.#isAlive) {
			this.terminate();
			return;
		}
		this.#isAlive = false;
		this.#socket.ping();
	}
}

function textOf(data: RawData): string {
	if (Array.isArray(data)) return Buffer.concat(data).toString();
	return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';

/** The most bytes that wait for a peer before nothing more is read from it. */
const mostWaiting = 1024 * 1024;

/** One open connection. */
export class Peer {
	/** The request target of its upgrade: path and query. */
	readonly url: string;
	/** The headers of its upgrade. */
	readonly headers: IncomingHttpHeaders;
	readonly #socket: WebSocket;
	readonly #stream: Duplex;
	#vanished = false;
	#full = false;

	constructor(request: IncomingMessage, stream: Duplex, socket: WebSocket) {
		this.url = request.url ?? '';
		this.headers = request.headers;
		this.#socket = socket;
		this.#stream = stream;
		// ws closes the connection after an error; what was wrong with it is for the client's test to say.
		socket.on('error', () => undefined);
	}

	/** Calls `listener` with each message: text as a string, binary as bytes. */
	onMessage(listener: (data: string | Buffer) => void): void {
		this.#socket.on('message', (data, isBinary) => listener(isBinary ? toBuffer(data) : toBuffer(data).toString()));
	}

	onPing(listener: () => void): void {
		this.#socket.on('ping', listener);
	}

	onClose(listener: (code: number, reason: string) => void): void {
		this.#socket.once('close', (code, reason) => listener(code, reason.toString()));
	}

	/** Resolves once the system took the message; to false if the connection closed before. */
	send(data: string | Uint8Array): Promise<boolean> {
		return new Promise((resolve) => {
			// The callback and not 'drain': with compression, bytes wait where that event does not see them.
			this.#socket.send(data, (error) => {
				if (this.#full && this.#socket.bufferedAmount < mostWaiting) this.#setReading({ full: false });
				resolve(error === undefined || error === null);
			});
			if (this.#socket.bufferedAmount >= mostWaiting) this.#setReading({ full: true });
		});
	}

	/** Reads nothing and sends nothing until `appear`, as if the network had gone. */
	vanish(): void {
		if (this.#vanished) return;
		this.#stream.cork();
		this.#setReading({ vanished: true });
	}

	appear(): void {
		if (!this.#vanished) return;
		this.#stream.uncork();
		this.#setReading({ vanished: false });
	}

	/** Writes bytes as they are, past all framing. */
	sendRaw(bytes: Uint8Array): void {
		this.#stream.write(bytes);
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
	}

	/** Ends the connection without a closing handshake. */
	terminate(): void {
		this.#socket.terminate();
	}

	#setReading({ vanished = this.#vanished, full = this.#full }: { vanished?: boolean; full?: boolean }): void {
		this.#vanished = vanished;
		this.#full = full;
		if (vanished || full) this.#socket.pause();
		else this.#socket.resume();
	}
}

function toBuffer(data: RawData): Buffer {
	if (Array.isArray(data)) return Buffer.concat(data);
	return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

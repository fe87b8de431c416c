import { WebSocket } from 'ws';

/** What a publisher hears of its connection. */
export interface ClientHandlers {
	readonly onOpen: () => void;
	readonly onText: (text: string) => void;
	/** The connection is over, or was never made. Called once. */
	readonly onEnd: (problem: string) => void;
}

/** A handshake takes no longer. */
const HANDSHAKE_MS = 10_000;

/** What the hub sends is small. */
const MOST_PAYLOAD_BYTES = 256 * 1024;

/** The publisher's end of a connection. It does not keep the process alive, unless `hold` is called. */
export class ClientSocket {
	readonly #socket: WebSocket;
	#stream: { ref(): void; unref(): void } | undefined;
	#isHeld = false;
	#silence: NodeJS.Timeout | undefined;
	#silenceMs: number | undefined;
	#refusal: string | undefined;

	constructor(address: string, token: string | undefined, handlers: ClientHandlers) {
		this.#socket = new WebSocket(address, {
			headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
			handshakeTimeout: HANDSHAKE_MS,
			perMessageDeflate: false,
			maxPayload: MOST_PAYLOAD_BYTES,
			followRedirects: false,
			finishRequest: (request) => {
				request.on('socket', (stream) => this.#adopt(stream));
				request.end();
			},
		});
		let problem = 'The connection was lost';
		this.#socket.on('open', handlers.onOpen);
		this.#socket.on('message', (data) => {
			this.#listen();
			handlers.onText(String(data));
		});
		this.#socket.on('ping', () => this.#listen());
		this.#socket.on('unexpected-response', (_, response) => {
			this.#refusal = `It answered with status ${response.statusCode}`;
			this.terminate();
		});
		this.#socket.on('error', (error) => {
			problem = error.message === '' ? ((error as NodeJS.ErrnoException).code ?? problem) : error.message;
		});
		this.#socket.on('close', (code, reason) => {
			clearTimeout(this.#silence);
			const said = reason.length === 0 ? '' : `: ${reason.toString()}`;
			handlers.onEnd(this.#refusal ?? (code === 1006 ? problem : `It was closed with ${code}${said}`));
		});
	}

	get isOpen(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	get bufferedBytes(): number {
		return this.#socket.bufferedAmount;
	}

	/** @param onTaken called once the kernel has taken it or the connection is lost. */
	send(text: string, onTaken?: () => void): void {
		this.#socket.send(text, () => onTaken?.());
	}

	/** From now on, a silence of so long ends the connection. */
	expectWithin(silenceMs: number): void {
		this.#silenceMs = silenceMs;
		this.#listen();
	}

	/** Keeps the process alive from now on. */
	hold(): void {
		this.#isHeld = true;
		this.#stream?.ref();
	}

	close(): void {
		this.#socket.close(1000);
	}

	terminate(): void {
		this.#socket.terminate();
	}

	#adopt(stream: { ref(): void; unref(): void }): void {
		this.#stream = stream;
		if (!this.#isHeld) stream.unref();
	}

	#listen(): void {
		clearTimeout(this.#silence);
		if (this.#silenceMs === undefined) return;
		this.#silence = setTimeout(() => this.terminate(), this.#silenceMs);
		this.#silence.unref();
	}
}

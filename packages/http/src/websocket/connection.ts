import { InvalidRequestError } from '../errors.ts';
import { checkClose } from './close-codes.ts';
import { type JsonOptions, jsonMessages } from './json-messages.ts';
import type { Link, WebSocketState } from './link.ts';
import type { WebSocketClose } from './socket-session.ts';
import type { WebSocketData } from './waiting-sends.ts';
import type { MessageId, WebSocketMessage } from './websocket-message.ts';

/**
 * A WebSocket (RFC 6455) that is read with `for await`. Leaving the loop closes it.
 *
 * - A reader that is slow stops the peer: at most `highWaterMarkBytes` of messages wait unread. So somebody has to read:
 *   with a full queue neither a close frame nor a ping of the peer is seen.
 * - The loop ends when the peer closes normally (1000, or no code) or this side closes. Otherwise it throws: a
 *   WebSocketError for another close code, a broken connection, a dead peer or a malformed or oversized message, an
 *   AbortedError for the signal or the end of the client. What arrived before is read first.
 * - With `reconnect` the loop goes on over lost connections, and with `resumeFrom` without a gap or a repetition.
 */
export class WebSocketConnection implements AsyncIterable<WebSocketMessage, undefined>, AsyncDisposable {
	/** The address, without credentials. */
	readonly url: string;
	/** Resolves when it is over for good, reconnects included; never rejects. */
	readonly closed: Promise<WebSocketClose>;
	readonly #link: Link;
	readonly #firstId: MessageId | undefined;
	#protocol = '';

	/** Made by `HttpClient.connect`. */
	constructor(url: string, link: Link, lastId: MessageId | undefined) {
		this.url = url;
		this.closed = link.closed;
		this.#link = link;
		this.#firstId = lastId;
	}

	get state(): WebSocketState {
		return this.#link.state;
	}

	/** The subprotocol that the server chose, empty for none. */
	get protocol(): string {
		this.#protocol = this.#link.session?.protocol ?? this.#protocol;
		return this.#protocol;
	}

	/** Bytes that were sent here and that the kernel has not taken yet. */
	get bufferedAmount(): number {
		return this.#link.session?.bufferedAmount ?? 0;
	}

	/** The id of the last message that was read, to be kept for the `resumeFrom.lastId` of another connection. */
	get lastId(): MessageId | undefined {
		return this.#link.lastId ?? this.#firstId;
	}

	/**
	 * Sends one message: text for a string, else binary. Resolves when the kernel has taken it, so awaiting it keeps to
	 * the pace of the peer. That the peer got it is known only by an answer: what was under way when a connection broke is
	 * not sent again.
	 *
	 * While a lost connection is being replaced, messages wait for up to `sendTimeoutMs` and keep their order.
	 *
	 * @throws WebSocketError (rejects) with reason `closed` or `send-timeout`; InvalidRequestError for other data.
	 */
	async send(data: WebSocketData): Promise<void> {
		if (typeof data !== 'string' && !(data instanceof Uint8Array) && !(data instanceof ArrayBuffer)) {
			throw new InvalidRequestError(
				`send was given a value of type ${typeof data}: give a string, a Uint8Array or an ArrayBuffer, or use sendJson.`,
			);
		}
		await this.#link.send(data);
	}

	/** Sends a value as JSON text; see `send`. */
	async sendJson(value: unknown): Promise<void> {
		// Undefined for functions and the like, which its type does not say.
		const text: unknown = JSON.stringify(value);
		if (typeof text !== 'string') throw new InvalidRequestError(`sendJson cannot write a ${typeof value} as JSON.`);
		await this.#link.send(text);
	}

	/**
	 * Closes it (RFC 6455 §7) and resolves when the peer did so too, or was cut off after `closeTimeoutMs`. Messages that
	 * were not read are dropped, and the loop that reads them ends.
	 *
	 * @param code 1000, or 3000–4999 with a meaning of your own.
	 * @param reason at most 123 bytes of UTF-8.
	 * @throws InvalidRequestError (rejects) for another code or a longer reason.
	 */
	async close(code = 1000, reason = ''): Promise<WebSocketClose> {
		checkClose(code, reason);
		return await this.#link.close(code, reason);
	}

	/** Cuts the connection off at once; the loop that reads it ends. */
	terminate(): void {
		this.#link.terminate();
	}

	/** The messages parsed as JSON. Leaving the loop closes the connection, like a message that is not JSON. */
	json<T = unknown>(options: JsonOptions = {}): AsyncGenerator<T, undefined> {
		return jsonMessages<T>(this, options);
	}

	/** Several loops at once share the messages out among them. */
	[Symbol.asyncIterator](): AsyncIterator<WebSocketMessage, undefined> {
		return {
			next: () => this.#link.queue.next(),
			return: async () => {
				await this.close();
				return { done: true, value: undefined };
			},
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}
